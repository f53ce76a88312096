"""The benchmarks run on the samples with the toy embedder, and say what they lack."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from benchmarks import (
    devset,
    extraction_cost,
    measures,
    memory,
    near_duplicates,
    pipeline_run,
    recall,
    report,
    retrieval,
    views,
)
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


def test_the_cost_of_views_is_the_median_of_the_rounds_ratios() -> None:
    shared = {"articles": 100, "cpu_seconds": 9.0, "views": 7, "unread": 0, "load_average": 1.0}
    rounds = [
        {extraction_cost.WITHOUT: {**shared, "seconds": without}, extraction_cost.WITH_VIEWS: {**shared, "seconds": 10}}
        for without in (8.0, 9.0, 2.0)
    ]
    found = extraction_cost.result("some", rounds)
    assert found.figures["ratio"] == {"by_round": [0.8, 0.9, 0.2], "median": 0.8, "at_least": 0.7}
    assert (found.tables[1].rows[-1], found.notes) == (["ratio", "0.80", "0.90", "0.20", "0.80"], [])


def test_views_that_were_not_read_make_the_cost_of_views_no_comparison() -> None:
    measured = {"articles": 9, "seconds": 1.0, "cpu_seconds": 1.0, "views": 0, "unread": 3, "load_average": 1.0}
    rounds = [{extraction_cost.WITHOUT: measured, extraction_cost.WITH_VIEWS: measured}]
    assert extraction_cost.result("some", rounds).notes[0].startswith("NOT COMPARABLE: 3 notes")


def test_articles_of_a_given_file_are_measured_instead_of_the_newswire(tmp_path) -> None:
    (tmp_path / "own.jsonl").write_text('{"text": "One."}\n{"text": "Two."}\n')
    assert (
        devset.write_stories(tmp_path, 1, tmp_path / "out.jsonl", tmp_path / "own.jsonl") == "1 articles of own.jsonl"
    )


def test_made_up_stories_stand_in_for_the_newswire(tmp_path) -> None:
    held = devset.write_stories(tmp_path, 30, tmp_path / "stories.jsonl")
    stories = list(devset.rows(tmp_path / "stories.jsonl"))
    assert held == "30 SYNTHETIC stories (no newswire data)"
    assert len({story["text"] for story in stories}) == 30


def test_disturbed_stories_are_looked_for_among_all(tmp_path) -> None:
    (tmp_path / "data").mkdir()
    devset.write_stories(tmp_path, 30, tmp_path / "stories.jsonl")
    with gzip.open(tmp_path / devset.REUTERS, "wb") as packed:
        packed.write((tmp_path / "stories.jsonl").read_bytes())
    figures = near_duplicates.run(Options(data=tmp_path)).figures
    found = figures["disturbed"]["long"]["with a lead"]
    assert found["tried"] == found["right"] > 5
    assert json.loads(json.dumps(figures)) == figures


def test_what_is_written_names_the_machine_and_the_options(tmp_path) -> None:
    options = Options(json=tmp_path, rounds=2)
    path = report.write("some", report.Result([], {"p50_ms": 1.0}), options, report.facts())
    content = json.loads(path.read_text())
    assert content["machine"]["cores"] > 0
    assert content["libraries"]["numpy"] == np.__version__
    assert (content["options"]["rounds"], content["figures"]) == (2, {"p50_ms": 1.0})


def test_the_ledger_is_asked_in_every_way(tmp_path) -> None:
    result = views.run(Options(data=tmp_path, work=tmp_path, stories=40, rounds=1))
    assert {"by subject", "by firm", "by analyst", "by stance", "all"} <= set(result.figures["asked"])
    assert result.figures["asked"]["all"]["views"] > 10
    assert json.loads(json.dumps(result.figures)) == result.figures


def test_the_peak_memory_of_an_ingest_is_measured_without_the_model(tmp_path) -> None:
    found = memory._peak(Options(data=tmp_path, work=tmp_path), pipeline_run.WITHOUT_MODEL, 5)
    assert found["peak_mb"] > found["loaded_mb"] > 0
    assert (found["articles"], found["threads"]) == (5, None)


def test_the_growth_of_memory_is_that_from_few_stories_to_many() -> None:
    found = {
        1: {"loaded_mb": 90.0, "peak_mb": 100.0, "chunks": 2},
        9: {"loaded_mb": 90.0, "peak_mb": 140.0, "chunks": 18},
    }
    assert memory._table("some", found).rows[-1] == ["grows by", "", "40", ""]
