import { cleanup, fireEvent, render, waitFor } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";
import { catalogue } from "./given.ts";

afterEach(() => {
  cleanup();
  vi.resetModules();
  vi.unstubAllGlobals();
});

const WORDS = {
  en: "Sign in with the account of your organisation",
  fr: "Se connecter avec le compte de votre organisation",
  lv: "Ieiet ar savas organizācijas kontu",
  uk: "Увійти з обліковим записом вашої організації",
};

async function shown(provider: boolean) {
  const me = { name: "anonymous", roles: [], edition: "public", office: null, may: {}, provider };
  vi.doMock("../src/asking.ts", async (original) => ({ ...(await original<object>()), me: () => Promise.resolve(me) }));
  const { Session } = await import("../src/parts/session.tsx");
  return render(<Session />);
}

test.each(Object.entries(WORDS))("who has a provider is offered it in %s", async (language, words) => {
  const { use } = await import("../src/words.ts");
  use({ language, words: catalogue(language) });
  const page = await shown(true);
  const left = vi.fn();
  vi.stubGlobal("location", { assign: left, reload: vi.fn() });
  const button = await waitFor(() => page.getByText(words));
  fireEvent.click(button);
  expect(left).toHaveBeenCalledWith("/api/oidc/begin");
});

test("without a provider nothing of it is shown", async () => {
  const { use } = await import("../src/words.ts");
  use({ language: "en", words: catalogue() });
  const page = await shown(false);
  await waitFor(() => page.container.querySelector("dialog"));
  expect(page.queryByText(WORDS.en)).toBeNull();
});
