//! `docs/operators.md`: what the operator table has, and what it lacks.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use sconce::op::elementwise::Spec;
use sconce::op::{registry, Eval, Operator};

use crate::dtypes;

/// What PyTorch registers; see the file.
const OVERLOADS: &str = include_str!("overloads.txt");

/// Cases that do not pass; see the file.
const DIFFERENCES: &str = include_str!("../../../conformance/differences.txt");

/// Why an operator is missing, by words in its name; the first that fits counts.
const REASONS: [(&str, &[&str]); 9] = [
    ("other devices and libraries", &["cudnn", "miopen", "mps", "mkldnn", "cufft", "triton", "vulkan", "cuda", "xla", "cslt", "nnpack", "pin_memory", "record_stream"]),
    ("training", &["backward", "_fused_adam", "_fused_sgd", "_fused_adagrad", "_amp_", "_grad", "grad", "jvp", "_fw_primal", "_dual", "batch_norm_stats", "batch_norm_gather", "batch_norm_elemt", "batch_norm_update", "fake_quant", "moving_avg"]),
    ("lists at a time", &["_foreach_"]),
    ("sparse tensors", &["sparse", "coalesce", "indices", "crow", "ccol", "values", "_nnz", "_dimI", "_dimV", "dense_dim", "to_dense", "spdiags", "spsolve", "smm", "hspmm", "sspaddmm"]),
    ("nested tensors", &["nested", "jagged"]),
    ("quantized tensors", &["quant", "fbgemm", "q_scale", "q_zero", "q_per", "qscheme", "int_repr", "int4pack", "int8pack"]),
    ("named tensors", &["align_", "refine_names", "rename"]),
    ("distributed and tests of PyTorch itself", &["_test_", "owner", "to_here", "local_value", "_foobar", "is_owner"]),
    ("compilers and checks of PyTorch itself", &["sym_", "_assert", "_functional_", "_efficientzero", "dep_token", "batch_dim"]),
];

/// The whole page. `cases` is the text of all files of cases.
pub fn page(cases: &str) -> String {
    let tested: BTreeSet<&str> =
        cases.lines().filter_map(|line| line.split(" ; ").next()).map(|head| head.split('.').next().unwrap_or(head)).collect();
    let by_calls = dtypes::of_cases(cases);
    let mut names: BTreeMap<String, Vec<std::sync::Arc<Operator>>> = BTreeMap::new();
    for operator in registry().all() {
        names.entry(operator.name.to_string()).or_default().push(operator);
    }
    let mut page = String::from(HEAD);
    for (name, overloads) in &names {
        let words: Vec<&str> = overloads.iter().map(|o| if o.overload.is_empty() { "-" } else { &o.overload }).collect();
        let base = name.trim_end_matches('_');
        let test = if tested.contains(name.as_str()) || tested.contains(base) { "yes" } else { "" };
        let (how, by_kernels) = evaluation(overloads);
        let by_calls = by_calls.get(name).map_or("", String::as_str);
        let dtypes = by_kernels.as_deref().unwrap_or(by_calls);
        let _ = writeln!(page, "| `{name}` | {} | {how} | {dtypes} | {test} |", words.join(" "));
    }
    let _ = write!(page, "\n## Cases that differ\n\n{}", differences());
    let (partly, missing, summary) = lacking(&names);
    let _ = write!(page, "\n## What is left out\n\n{summary}");
    let _ = write!(page, "\n## Names of which overloads are missing\n\n`Dimname` overloads name dimensions; tensors here have no names.\n\n{partly}");
    let _ = write!(page, "\n## Names that are missing\n{missing}");
    page
}

/// The conformance cases that do not pass, a reason an item.
fn differences() -> String {
    let mut text = String::from("Of the recorded conformance cases (`tests/conformance/`), all pass but these:\n\n");
    for line in DIFFERENCES.lines().filter(|line| !line.starts_with('#')) {
        let (cases, reason) = line.split_once(": ").unwrap_or((line, ""));
        let (pack, cases) = cases.split_once(' ').unwrap_or((cases, ""));
        let cases: Vec<&str> = cases.split(' ').collect();
        let _ = writeln!(text, "- {pack}: `{}`: {reason}", cases.join("`, `"));
    }
    text
}

/// How a name is evaluated, and for elementwise operators the dtypes that have a kernel.
fn evaluation(overloads: &[std::sync::Arc<Operator>]) -> (&'static str, Option<String>) {
    let mut found = ("host", None);
    for (entry, _) in overloads.iter().filter_map(|o| o.entry()) {
        match entry.eval {
            Eval::Pointwise(spec) | Eval::PointwiseInto(spec) => return ("elementwise", of_kernels(spec)),
            Eval::Fn(_) => found.0 = "function",
            Eval::Stack(_) | Eval::Shared(..) => found.0 = "stack",
            Eval::Prelude => found.0 = "prelude",
        }
    }
    found
}

fn of_kernels(spec: &Spec) -> Option<String> {
    let kinds = [
        ("float", spec.f32.is_some() || spec.f64.is_some()),
        ("half", spec.f32.is_some() && !spec.no_half),
        ("int", spec.int.is_some()),
        ("bool", spec.bool.is_some()),
        ("complex", spec.complex.is_some() || spec.complex_to_real.is_some()),
    ];
    let words: Vec<&str> = kinds.iter().filter(|kind| kind.1).map(|kind| kind.0).collect();
    // a spec without kernels chooses another one by its arguments
    (!words.is_empty()).then(|| words.join(" "))
}

/// The overloads that are missing of names that are there, the names that are not, by reason, and both in a paragraph.
fn lacking(names: &BTreeMap<String, Vec<std::sync::Arc<Operator>>>) -> (String, String, String) {
    let (mut partly, mut by_reason) = (String::new(), BTreeMap::<&str, Vec<&str>>::new());
    let mut counts = BTreeMap::<&str, usize>::new();
    let all: usize = OVERLOADS.lines().filter(|line| !line.starts_with('#')).map(|line| line.split(' ').count() - 1).sum();
    for line in OVERLOADS.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split(' ');
        let Some(name) = words.next() else { continue };
        let Some(have) = names.get(name) else {
            let reason = REASONS.iter().find(|(_, words)| words.iter().any(|word| name.contains(word)));
            let reason = reason.map_or("others", |reason| reason.0);
            by_reason.entry(reason).or_default().push(name);
            *counts.entry(reason).or_default() += words.count();
            continue;
        };
        let missing: Vec<&str> = words
            .filter(|word| !have.iter().any(|o| &*o.overload == *word || o.overload.is_empty() && *word == "-"))
            .collect();
        if !missing.is_empty() {
            *counts.entry("overloads of names that are there").or_default() += missing.len();
            let _ = writeln!(partly, "- `{name}`: {}", missing.join(", "));
        }
    }
    let mut missing = String::new();
    for (reason, names) in by_reason {
        let short: Vec<&str> = names.iter().map(|name| name.trim_start_matches("aten::")).collect();
        let _ = write!(missing, "\n### {} ({})\n\n{}\n", reason, short.len(), wrapped(&short));
    }
    let groups: Vec<String> = counts.iter().map(|(reason, count)| format!("{count} {reason}")).collect();
    let summary = format!(
        "PyTorch registers {all} overloads under `aten::`; {} of them are not here: {}.\nMost cannot be in an archive that runs \
         on a CPU: they are for other devices, for autograd, or take dimension names; each is an error that names it.\n",
        counts.values().sum::<usize>(),
        groups.join(", ")
    );
    (partly, missing, summary)
}

fn wrapped(words: &[&str]) -> String {
    let (mut text, mut width) = (String::new(), 0);
    for (i, word) in words.iter().enumerate() {
        let end = if i + 1 == words.len() { "" } else { "," };
        if width + word.len() + 4 > 140 {
            text.push('\n');
            width = 0;
        } else if width > 0 {
            text.push(' ');
        }
        let _ = write!(text, "`{word}`{end}");
        width += word.len() + 4;
    }
    text
}

const HEAD: &str = "# Operators

Generated from the operator table (`make bless`); do not edit.

A row is a name with its overloads; `-` is the one without a name. *Elementwise* operators run through one frame; a *function* takes
typed arguments, a *stack* function any number of them. The last column says whether `tests/op/*.cases` holds calls with PyTorch's
results. Dtypes are those that an elementwise operator has kernels for, and those with which one of these calls of another operator
succeeds when they take the place of its first tensor's dtype: `half` is float16 and bfloat16, `int` all five integers.
Nothing stands where no such call is there. Every operator is also in the property test (`tests/properties.rs`) when its
arguments can be made from its schema. ONNX export is not there yet.

| name | overloads | evaluated as | dtypes | cases |
| --- | --- | --- | --- | --- |
";
