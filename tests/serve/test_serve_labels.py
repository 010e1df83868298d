import pytest

from litreview.serve.labels import attribute_label, words


@pytest.mark.parametrize(
    ("name", "unit", "expected"),
    [
        ("age_years", "years", "Age"),
        ("dose_mg_per_kg", "mg/kg", "Dose"),
        ("baseline_hemoglobin_g_dl", "g/dL", "Baseline hemoglobin"),
        ("baseline_platelets_1e9_l", "10^9/L", "Baseline platelets"),
        ("chimerism_percent", "% donor", "Chimerism"),
        ("hla_match", "alleles", "HLA match"),
        ("years", "years", "Years"),
    ],
)
def test_an_attribute_is_called_by_its_words_without_the_unit(name, unit, expected):
    assert attribute_label(name, unit, {"hla": "HLA"}) == expected


def test_identifiers_keep_their_capitals():
    assert [words(name) for name in ("doi", "pmid", "case_label")] == ["DOI", "PubMed", "Case label"]
