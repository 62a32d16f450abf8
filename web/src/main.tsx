/** Begin: learn whose mission this is and which language to speak, then show. */
import "./styles/fonts.css";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/pages.css";
import "./styles/cases.css";
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { type About, fetchPage } from "./data.ts";
import { Shell } from "./parts/shell.tsx";
import { current, followLinks, useRoute } from "./router.ts";
import { setZone } from "./times.ts";
import { LANGUAGES, named, speak } from "./words.ts";
import { PageOf, warm } from "./pages/of.tsx";

const KEPT = "language";

function preferred(): string {
  const asked = new URLSearchParams(location.search).get("lang");
  const wanted = [asked, localStorage.getItem(KEPT), ...navigator.languages];
  const known = LANGUAGES.map((each) => each.code);
  const found = wanted.map((each) => each?.slice(0, 2)).find((each) => known.includes(each ?? ""));
  return found ?? "en";
}

function App({ about }: { about: About }) {
  const route = useRoute();
  const [, setSpoken] = useState("");
  const change = (code: string): void => {
    localStorage.setItem(KEPT, code);
    void speak(code).then(() => setSpoken(code));
  };
  useEffect(() => {
    document.title = `${named(about.agreement.title, about.mission)} · pamiers`;
  });
  return (
    <Shell about={about} path={route.path} onLanguage={change}>
      <PageOf about={about} route={route} />
    </Shell>
  );
}

async function begin(): Promise<void> {
  const place = document.getElementById("page");
  if (!place) return;
  warm(current().path);
  try {
    const [about] = await Promise.all([fetchPage<About>("about"), speak(preferred())]);
    setZone(about.agreement.time_zone);
    addEventListener("click", followLinks);
    render(<App about={about} />, place);
  } catch (error) {
    place.textContent = `pamiers: the mission's data could not be had (${String(error)}).`;
    place.setAttribute("role", "alert");
  }
}

void begin();
