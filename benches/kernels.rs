//! Speed of the kernels: best of many runs, for one thread and for all. `cargo bench --bench kernels [-- filter]`.

use std::time::{Duration, Instant};

use sconce::kernel::conv::{ConvParams, PackedConv};
use sconce::kernel::gemm::{gemm, gemm_packed, Epilogue, Mat, PackedB};
use sconce::kernel::norm::layer_norm;
use sconce::kernel::simd::reduce::{Ordered, Reduce};
use sconce::kernel::simd::slices;
use sconce::kernel::softmax::softmax;
use sconce::kernel::threads::{get_num_threads, parallel_tasks, set_num_threads};

fn main() {
    let filter = std::env::args().skip(1).find(|a| !a.starts_with('-')).unwrap_or_default();
    let all = get_num_threads();
    let bench = Bench { filter, threads: if all > 1 { vec![1, all] } else { vec![1] } };
    gemms(&bench);
    convs(&bench);
    elementwise(&bench);
    rows(&bench);
}

struct Bench {
    filter: String,
    threads: Vec<usize>,
}

impl Bench {
    /// Prints `amount / 1e9 / seconds` as `unit`, or nanoseconds for each of `amount` if `unit` starts with "ns".
    fn run(&self, name: &str, amount: f64, unit: &str, mut f: impl FnMut()) {
        if !name.contains(&self.filter) {
            return;
        }
        print!("{name:44}");
        for &threads in &self.threads {
            set_num_threads(threads);
            let seconds = best(&mut f).as_secs_f64();
            let value = if unit.starts_with("ns") { seconds * 1e9 / amount } else { amount / 1e9 / seconds };
            print!(" {value:9.2} {unit} ({threads}T)");
        }
        println!();
    }
}

fn best(f: &mut impl FnMut()) -> Duration {
    let start = Instant::now();
    f();
    let first = start.elapsed().max(Duration::from_nanos(50));
    let repeat = (Duration::from_micros(200).as_nanos() / first.as_nanos()).clamp(1, 10_000) as u32;
    let begin = Instant::now();
    let mut best = first;
    while begin.elapsed() < Duration::from_millis(400) {
        let start = Instant::now();
        (0..repeat).for_each(|_| f());
        best = best.min(start.elapsed() / repeat);
    }
    best
}

fn numbers(n: usize) -> Vec<f32> {
    let mut state = 1u32;
    (0..n)
        .map(|_| {
            state = state.wrapping_mul(1664525).wrapping_add(1013904223);
            (state >> 8) as f32 / (1 << 24) as f32 - 0.5
        })
        .collect()
}

fn gemms(bench: &Bench) {
    let shapes = [
        (64, 64, 64),
        (256, 256, 256),
        (1024, 1024, 1024),
        (128, 768, 768),
        (128, 768, 3072),
        (197, 768, 3072),
        (128, 64, 128),
        (128, 128, 64),
        (1, 1024, 1024),
        (8, 1024, 1024),
    ];
    for (m, k, n) in shapes {
        let (a, b, mut c) = (numbers(m * k), numbers(k * n), vec![0.0; m * n]);
        let flops = 2.0 * (m * k * n) as f64;
        let left = Mat::row_major(&a, m, k);
        let name = format!("gemm {m}x{k}x{n}");
        bench.run(&name, flops, "GFLOP/s", || gemm(1.0, left, Mat::row_major(&b, k, n), 0.0, &mut c, n));
        bench.run(&format!("{name} transposed B"), flops, "GFLOP/s", || {
            gemm(1.0, left, Mat::row_major(&b, n, k).t(), 0.0, &mut c, n)
        });
        let packed = PackedB::pack(Mat::row_major(&b, k, n));
        bench.run(&format!("{name} packed B"), flops, "GFLOP/s", || {
            gemm_packed(left, &packed, 0.0, &mut c, n, &Epilogue::default())
        });
    }
}

fn convs(bench: &Bench) {
    // Name; channels in, out, groups; height and width; kernel, stride, padding.
    type Case = (&'static str, [usize; 3], usize, [usize; 3]);
    let cases: [Case; 16] = [
        ("7x7s2 3->64 @224", [3, 64, 1], 224, [7, 2, 3]),
        ("3x3 64 @56", [64, 64, 1], 56, [3, 1, 1]),
        ("3x3 128 @28", [128, 128, 1], 28, [3, 1, 1]),
        ("3x3 256 @14", [256, 256, 1], 14, [3, 1, 1]),
        ("3x3 512 @7", [512, 512, 1], 7, [3, 1, 1]),
        ("3x3s2 128 @56", [128, 128, 1], 56, [3, 2, 1]),
        ("1x1 256->64 @56", [256, 64, 1], 56, [1, 1, 0]),
        ("1x1 64->256 @56", [64, 256, 1], 56, [1, 1, 0]),
        ("1x1 1024->256 @14", [1024, 256, 1], 14, [1, 1, 0]),
        ("1x1 256->1024 @14", [256, 1024, 1], 14, [1, 1, 0]),
        ("1x1 512->2048 @7", [512, 2048, 1], 7, [1, 1, 0]),
        ("1x1 2048->512 @7", [2048, 512, 1], 7, [1, 1, 0]),
        ("1x1s2 512->1024 @28", [512, 1024, 1], 28, [1, 2, 0]),
        ("depthwise 3x3 144 @56", [144, 144, 144], 56, [3, 1, 1]),
        ("depthwise 3x3s2 144 @56", [144, 144, 144], 56, [3, 2, 1]),
        ("depthwise 5x5 240 @14", [240, 240, 240], 14, [5, 1, 2]),
    ];
    for (name, [inner, outer, groups], size, [kernel, stride, padding]) in cases {
        let list = |x| [x, x];
        let Some(p) = ConvParams::new((inner, outer, groups), &list(kernel), &list(stride), &list(padding), &[1, 1])
        else {
            continue;
        };
        let Some(out_size) = p.output_size([1, size, size]) else { continue };
        let pixels: usize = out_size.iter().product();
        let weight = numbers(outer * inner / groups * kernel * kernel);
        let conv = PackedConv::for_size(p, &weight, None, [1, size, size]);
        let (input, mut out) = (numbers(inner * size * size), vec![0.0; outer * pixels]);
        let flops = 2.0 * (weight.len() * pixels) as f64;
        bench.run(&format!("conv {name}"), flops, "GFLOP/s", || {
            conv.run(1, &input, [1, size, size], &mut out, None, None)
        });
    }
}

fn rows(bench: &Bench) {
    let (rows, row) = (128, 768);
    let (x, w, mut y) = (numbers(rows * row), numbers(row), vec![0.0; rows * row]);
    let n = x.len() as f64;
    bench.run("softmax 768", n, "ns/element", || softmax(&x, [rows, row, 1], &mut y));
    bench.run("layer_norm 768", n, "ns/element", || layer_norm(&x, row, Some(&w), Some(&w), 1e-5, &mut y, None));
    bench.run("join of two threads, ns", 1.0, "ns", || parallel_tasks(2, &|_| ()));
}

fn elementwise(bench: &Bench) {
    type Case = (&'static str, fn(&[f32], &mut [f32]));
    let cases: [Case; 10] = [
        ("exp", slices::exp_f32),
        ("log", slices::log_f32),
        ("tanh", slices::tanh_f32),
        ("sigmoid", slices::sigmoid_f32),
        ("silu", slices::silu_f32),
        ("gelu", slices::gelu_f32),
        ("gelu_tanh", slices::gelu_tanh_f32),
        ("erf", slices::erf_f32),
        ("sin", slices::sin_f32),
        ("relu", slices::relu_f32),
    ];
    let (x, mut y) = (numbers(4096), vec![0.0; 4096]);
    for (name, f) in cases {
        bench.run(name, x.len() as f64, "ns/element", || f(&x, &mut y));
    }
    bench.run("sum", x.len() as f64, "ns/element", || {
        std::hint::black_box(f32::sum(&x));
    });
    bench.run("max", x.len() as f64, "ns/element", || {
        std::hint::black_box(f32::largest(&x));
    });
}
