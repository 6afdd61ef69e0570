//! Throwaway timing.
fn main() {
    let file = std::env::args().nth(1).unwrap();
    let on = std::env::args().nth(2).unwrap().parse().unwrap();
    let notice: canbao_policy::model::Notice = toml::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let program = canbao_engine::Program::new(notice).unwrap();
    let answers = canbao_engine::Answers::default();
    let n = std::env::var("N").map_or(20, |n| n.parse().unwrap());
    let t = std::time::Instant::now();
    for _ in 0..n {
        let r = canbao_engine::evaluate(&program, on, &answers).unwrap();
        std::hint::black_box(r);
    }
    println!("{:?} per evaluation", t.elapsed() / n);
    let t = std::time::Instant::now();
    for _ in 0..n {
        canbao_engine::evaluate::decide_only(&program, on, &answers);
    }
    println!("{:?} decide", t.elapsed() / n);
}
