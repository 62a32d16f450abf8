"""Signing in through an identity provider, and every way in which that is refused."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import OctKey, RSAKey

from pamiers.app.provider import PATIENCE, Provider, ProviderSettings, read_settings
from pamiers.core.errors import UsageError
from tests.fakes.provider import CLIENT, SECRET, Claims, FakeProvider, running
from tests.integration.service.inside import Inside, inside, token_of
from tests.integration.service.serving import Answer, prepared

pytestmark = [
    pytest.mark.integration,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
BACK = "http://127.0.0.1:1/api/oidc/return"


@dataclass
class World:
    """A service, the provider that it asks, and a browser."""

    service: Inside
    provider: FakeProvider

    def begin(self) -> tuple[str, str]:
        """Return where the service sends a browser, and the cookie it gives."""
        answer = self.service.ask("/api/oidc/begin")
        assert answer.status == 302, answer.body
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        return answer.headers["location"], cookie.partition(";")[0]

    def signed_in_there(self, address: str) -> str:
        """Return the path by which the provider sends the browser back."""
        opener = urllib.request.build_opener(_Staying())
        with pytest.raises(urllib.error.HTTPError) as found:
            opener.open(address)
        found.value.close()
        assert found.value.code == 302
        return str(found.value.headers["Location"]).removeprefix("http://127.0.0.1:1")

    def sign_in(self) -> Answer:
        """Go the whole way."""
        address, cookie = self.begin()
        return self.service.ask(self.signed_in_there(address), cookie=cookie)

    def me(self, answer: Answer) -> dict[str, Any]:
        """Return who the service takes a browser for after an answer."""
        cookie = answer.headers.get("set-cookie", "").partition(";")[0]
        return dict(self.service.ask("/api/me", cookie=cookie).json)


class _Staying(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object, **__: object) -> None:
        """Go nowhere."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = prepared(tmp_path_factory.mktemp("oidc") / "mission")
    token_of(folder, "olha", "monitor")
    token_of(folder, "nobody-yet")
    with running(BACK) as provider, inside(folder) as service:
        object.__setattr__(service.desk, "provider", Provider(settings(provider)))
        yield World(service, provider)


def settings(provider: FakeProvider, **given: Any) -> ProviderSettings:  # noqa: ANN401 - fields
    return ProviderSettings(
        issuer=provider.issuer,
        client_id=CLIENT,
        client_secret=SECRET,
        redirect_uri=BACK,
        **given,
    )


@pytest.fixture
def world(whole: World) -> Iterator[World]:
    yield whole
    whole.provider.tell, whole.provider.signed_with = {"sub": "olha"}, None
    whole.provider.spoil, whole.provider.algorithm = (lambda claims: claims), "RS256"
    given = Provider(settings(whole.provider))
    object.__setattr__(whole.service.desk, "provider", given)


def test_somebody_signs_in_and_has_the_roles_on_record(world: World) -> None:
    answer = world.sign_in()
    assert answer.status == 200, answer.body
    assert "SameSite=strict" in answer.headers["set-cookie"]
    told = world.me(answer)
    assert (told["name"], told["roles"]) == ("olha", ["monitor"])


def test_pages_are_told_whether_there_is_a_provider(world: World) -> None:
    assert world.service.ask("/api/me").json["provider"] is True
    object.__setattr__(world.service.desk, "provider", None)
    assert world.service.ask("/api/me").json["provider"] is False


@pytest.mark.parametrize("name", ["stranger", "nobody-yet", "keeper", ""])
def test_who_is_not_enrolled_or_has_no_role_stays_outside(
    world: World, name: str
) -> None:
    world.provider.tell = {"sub": name}
    answer = world.sign_in()
    assert answer.status == (403 if name else 401)
    assert "pamiers=" not in answer.headers.get("set-cookie", "")


def changed(**to: Any) -> Any:  # noqa: ANN401 - claims
    def spoil(claims: Claims) -> Claims:
        told = {**claims, **to}
        return {name: value for name, value in told.items() if value is not None}

    return spoil


@pytest.mark.parametrize(
    "to",
    [
        {"iss": "https://other.example"},
        {"aud": "another"},
        {"aud": ["another", "pamiers"]},
        {"aud": ["pamiers", "another"], "azp": "another"},
        {"azp": "another"},
        {"nonce": "of-another-question"},
        {"exp": 1_000_000_000},
        {"iat": 4_000_000_000},
        {"nbf": 4_000_000_000},
        *({name: None} for name in ("iss", "aud", "nonce", "exp", "iat", "sub")),
    ],
    ids=str,
)
def test_a_token_that_is_not_for_this_question_is_refused(
    world: World, to: dict[str, Any]
) -> None:
    world.provider.spoil = changed(**to)
    assert world.sign_in().status == 401


def test_a_token_that_the_provider_did_not_sign_is_refused(world: World) -> None:
    world.provider.signed_with = RSAKey.generate_key(2048, {"kid": "1"})
    assert world.sign_in().status == 401


def test_a_public_key_does_not_do_for_a_shared_secret(world: World) -> None:
    world.provider.algorithm = "HS256"
    public = world.provider.key.as_pem(private=False)
    world.provider.signed_with = OctKey.import_key(public.replace(b"-----", b""))
    assert world.sign_in().status == 401


def test_a_token_without_a_signature_is_refused(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = FakeProvider.signed

    def bare(self: FakeProvider, nonce: str) -> str:
        head = "eyJhbGciOiJub25lIn0"  # {"alg":"none"}
        return f"{head}.{honest(self, nonce).split('.')[1]}."

    monkeypatch.setattr(FakeProvider, "signed", bare)
    assert world.sign_in().status == 401


def test_an_answer_counts_once_and_for_the_browser_that_asked(world: World) -> None:
    address, cookie = world.begin()
    path = world.signed_in_there(address)
    assert world.service.ask(path, cookie=cookie).status == 200
    assert world.service.ask(path, cookie=cookie).status == 401  # again
    address, _ = world.begin()
    _, other = world.begin()
    path = world.signed_in_there(address)
    assert world.service.ask(path, cookie=other).status == 401  # a victim's browser
    address, cookie = world.begin()
    path = world.signed_in_there(address)
    assert world.service.ask(path).status == 401  # no browser of ours


@pytest.mark.parametrize("part", ["state", "code", "iss"])
def test_an_answer_of_another_is_refused(world: World, part: str) -> None:
    address, cookie = world.begin()
    path = world.signed_in_there(address)
    head, mark, rest = path.partition(f"{part}=")
    spoilt = f"{head}{mark}forged{rest[rest.find('&') :] if '&' in rest else ''}"
    assert world.service.ask(spoilt, cookie=cookie).status == 401


def test_an_answer_that_comes_late_is_refused(world: World) -> None:
    provider = world.service.desk.provider
    assert provider is not None
    now = world.service.desk.clock()
    address, binding = provider.begin(now - PATIENCE - timedelta(seconds=1))
    path = world.signed_in_there(address)
    answer = world.service.ask(path, cookie=f"pamiers-oidc={binding}")
    assert answer.status == 401


def test_another_proof_is_refused_by_the_provider(world: World) -> None:
    address, cookie = world.begin()
    path = world.signed_in_there(address)
    for asked in world.provider.codes.values():
        asked["code_challenge"] = "of-another"
    assert world.service.ask(path, cookie=cookie).status == 401


def use(world: World, **given: Any) -> None:  # noqa: ANN401 - settings
    made = Provider(settings(world.provider, **given))
    object.__setattr__(world.service.desk, "provider", made)


def test_a_claim_names_people_and_may_be_required(world: World) -> None:
    use(world, claim="email", people={"olha@example.org": "olha"})
    told: Claims = {"sub": "x", "email": "olha@example.org", "email_verified": True}
    world.provider.tell = told
    assert world.me(world.sign_in())["name"] == "olha"
    world.provider.tell = {**told, "email_verified": False}
    assert world.sign_in().status == 401
    world.provider.tell = {**told, "email": "olha"}
    assert world.sign_in().status == 401  # the name itself is no such claim
    use(world, require={"groups": "monitors"})
    world.provider.tell = {"sub": "olha", "groups": ["drivers", "monitors"]}
    assert world.sign_in().status == 200
    for groups in (["drivers"], "monitors-not", None):
        world.provider.tell = {"sub": "olha", "groups": groups}
        assert world.sign_in().status == 401


def test_roles_that_were_taken_are_gone_at_once(world: World) -> None:
    token = token_of(world.service.desk.folder, "ivo", "monitor")
    del token
    world.provider.tell = {"sub": "ivo"}
    answer = world.sign_in()
    assert world.me(answer)["roles"] == ["monitor"]
    world.service.desk.append(
        "grant", {"do": "take", "by": "keeper", "name": "ivo", "roles": ["monitor"]}
    )
    assert world.me(answer)["roles"] == []
    assert world.sign_in().status == 403


def test_without_a_provider_there_is_no_such_address(world: World) -> None:
    object.__setattr__(world.service.desk, "provider", None)
    assert world.service.ask("/api/oidc/begin").status == 404
    assert world.service.ask("/api/oidc/return?state=x&code=y").status == 404


def test_settings_are_read_strictly(tmp_path: Path) -> None:
    path = tmp_path / "oidc.json"
    told: dict[str, Any] = {
        "issuer": "https://id.example",
        "client_id": "pamiers",
        "redirect_uri": "https://here.example/api/oidc/return",
    }
    path.write_text(json.dumps(told))
    found = read_settings(path, "hush")
    assert found == ProviderSettings(**told, client_secret="hush")  # noqa: S106 - of a test
    assert "hush" not in repr(found)
    wrong: list[dict[str, Any]]
    wrong = [{"issuer": "http://id.example"}, {"roles": {}}, {"client_id": None}]
    for spoilt in wrong:
        path.write_text(
            json.dumps({k: v for k, v in (told | spoilt).items() if v is not None})
        )
        with pytest.raises(UsageError):
            read_settings(path)
