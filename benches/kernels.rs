//! Speed of the kernels: best of many runs, for one thread and for all. `cargo bench --bench kernels [-- filter]`.

use std::time::{Duration, Instant};

use sconce::kernel::gemm::{gemm, gemm_packed, Epilogue, Mat, PackedB};
use sconce::kernel::threads::{get_num_threads, set_num_threads};

fn main() {
    let filter = std::env::args().skip(1).find(|a| !a.starts_with('-')).unwrap_or_default();
    let all = get_num_threads();
    let bench = Bench { filter, threads: if all > 1 { vec![1, all] } else { vec![1] } };
    gemms(&bench);
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
