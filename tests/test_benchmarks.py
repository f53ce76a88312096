"""The benchmarks run on the samples with the toy embedder, and say what they lack."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from benchmarks import devset, measures, recall, report, retrieval
from benchmarks.__main__ import app
from benchmarks.options import Options
from ingest import ingest

SAMPLES = Path(__file__).parents[1] / "samples"


@pytest.fixture
def sampled(library):
    ingest(SAMPLES, library)
    return library


@pytest.fixture
def cases(sampled):
    """Questions made of passages' own first words, with the whole passage as evidence."""
    passages = sampled.catalogue.passages(sampled.catalogue.all_passage_ids()[::7])
    asked = [
        devset.Question(" ".join(each.text.split()[:12]), ((each.text,),), (each.article.source,)) for each in passages
    ]
    return retrieval.question_cases(sampled, asked)


def test_the_keyword_leg_finds_the_passages_that_its_questions_were_taken_from(sampled, cases) -> None:
    found = retrieval.measure(sampled, cases)["evidence in 10"][retrieval.KEYWORD]
    assert len(found) == len(cases) > 5
    assert np.mean(found) > 0.9


def test_the_fusion_at_no_weight_is_the_keyword_leg(sampled, cases) -> None:
    for case in cases:
        ranked = retrieval.rankings(sampled, case.question)
        keyword = ranked[retrieval.KEYWORD]
        assert set(ranked["0.0"][: len(keyword)]) == set(keyword)


def test_the_tables_hold_every_weight_and_the_figures_are_plain_json(sampled, cases) -> None:
    result = retrieval.result({"samples": retrieval.measure(sampled, cases)})
    assert [row[0] for row in result.tables[-1].rows] == [str(weight) for weight in retrieval.WEIGHTS]
    assert json.loads(json.dumps(result.figures)) == result.figures


def test_an_exact_index_has_full_recall_and_an_empty_one_none(sampled) -> None:
    ids, stored = recall._stored(sampled)

    def exact(vector, k):
        return [ids[row] for row in np.argsort(-(stored @ vector))[:k]]

    assert set(recall.recall(sampled, stored[:5], exact)) >= {"recall@10", "p50_ms"}
    assert recall.recall(sampled, stored[:5], exact)["recall@10"] == 1.0
    assert recall.recall(sampled, stored[:5], lambda vector, k: [])["recall@10"] == 0.0


@pytest.mark.parametrize(
    ("ranked", "worth"),
    [(["gold", "other"], 1.0), (["other", "gold"], 1 / np.log2(3)), (["other"], 0.0)],
)
def test_ndcg_falls_with_the_place_of_the_gold_article(put, library, ranked, worth) -> None:
    articles = {name: put(library, name, f"words of {name}") for name in ("gold", "other")}
    passages = [p for name in ranked for p in library.catalogue.passages([f"{articles[name].id}:0"])]
    assert measures.article_ndcg({articles["gold"].id}, passages) == pytest.approx(worth)


def test_a_benchmark_without_data_is_skipped_and_says_which(tmp_path) -> None:
    ran = CliRunner().invoke(app, ["retrieval", *(f"--{n}={tmp_path / n}" for n in ("data", "work", "json"))])
    assert ran.exit_code == 0
    assert "skipped: spans not measured" in ran.output
    assert not (tmp_path / "json").exists()


def test_an_unknown_benchmark_is_refused(tmp_path) -> None:
    assert CliRunner().invoke(app, ["speed", f"--work={tmp_path}"]).exit_code == 2


def test_made_up_stories_stand_in_for_the_newswire(tmp_path) -> None:
    held = devset.write_stories(tmp_path, 30, tmp_path / "stories.jsonl")
    stories = list(devset.rows(tmp_path / "stories.jsonl"))
    assert held == "30 SYNTHETIC stories (no newswire data)"
    assert len({story["text"] for story in stories}) == 30


def test_what_is_written_names_the_machine_and_the_options(tmp_path) -> None:
    options = Options(json=tmp_path, rounds=2)
    path = report.write("some", report.Result([], {"p50_ms": 1.0}), options, report.facts())
    content = json.loads(path.read_text())
    assert content["machine"]["cores"] > 0
    assert content["libraries"]["numpy"] == np.__version__
    assert (content["options"]["rounds"], content["figures"]) == (2, {"p50_ms": 1.0})
