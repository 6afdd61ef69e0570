//! The commands as somebody runs them: arguments and standard input in; output, errors and exit code out.
//!
//! They run on a made-up notice: the skeleton that `canbao new` writes, filled in.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::{env, fs};

use serde_json::{Value, json};

/// A folder of its own for one test, with a made-up notice in it; removed afterwards.
struct Desk(PathBuf);

const ID: &str = "999999-2031";
const NOTICE: &str = "policies/999999-mou-xian/2031.toml";
const CASES: &str = "policies/999999-mou-xian/2031.cases.toml";

struct Ran {
    out: String,
    err: String,
    code: i32,
}

impl Desk {
    fn empty() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = env::temp_dir().join(format!("canbao-cli-{}-{number}", std::process::id()));
        fs::create_dir_all(folder.join("policies")).expect("a temporary folder");
        Self(folder)
    }

    fn new() -> Self {
        let desk = Self::empty();
        let made = desk.run(&["new", "999999", "2031", "--pinyin", "mou-xian", "--policies", "policies"], "");
        assert_eq!(made.code, 0, "{}", made.err);
        desk.edit(NOTICE, filled);
        desk
    }

    fn path(&self, file: &str) -> PathBuf {
        self.0.join(file)
    }

    fn edit(&self, file: &str, edit: impl Fn(&str) -> String) {
        let content = fs::read_to_string(self.path(file)).expect("the file is there");
        fs::write(self.path(file), edit(&content)).expect("written");
    }

    fn cases(&self, cases: &str) {
        self.edit(CASES, |content| format!("{content}\n{cases}"));
    }

    fn run(&self, arguments: &[&str], input: impl AsRef<[u8]>) -> Ran {
        let mut child = Command::new(env!("CARGO_BIN_EXE_canbao"))
            .args(arguments)
            .current_dir(&self.0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut stdin = child.stdin.take().expect("piped");
        let input = input.as_ref().to_vec();
        let writer = std::thread::spawn(move || stdin.write_all(&input));
        let output = child.wait_with_output().expect("it ends");
        let _ = writer.join();
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Ran { out: text(output.stdout), err: text(output.stderr), code: output.status.code().unwrap_or(-1) }
    }

    fn eval(&self, input: impl AsRef<[u8]>) -> Ran {
        self.run(&["eval"], input)
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The skeleton with something written in every place to fill in, as its hints say.
fn filled(skeleton: &str) -> String {
    let fill = |line: &str| {
        let mut line = line.to_owned();
        while let (Some(start), Some(end)) = (line.find("【填"), line.find('】')) {
            let hint = &line[start..end];
            let example =
                hint.split_once("如 ").map_or("某某", |(_, example)| example.split('；').next().unwrap_or(example));
            line = format!("{}{example}{}", &line[..start], &line[end + '】'.len_utf8()..]);
        }
        line
    };
    let lines = skeleton.lines().map(|line| if line.starts_with('#') { line.to_owned() } else { fill(line) });
    lines.map(|line| line + "\n").collect()
}

fn request(answers: Value) -> Value {
    json!({"notice": ID, "on": "2030-10-01", "answers": answers})
}

fn ordinary() -> Value {
    request(
        json!({"residence": "local", "other_plan": "none", "birth_date": "1985-05-05", "groups": [], "left": "none"}),
    )
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("JSON on each line")).collect()
}

fn payable(response: &Value) -> &str {
    response["outcomes"][0]["fee"]["payable"].as_str().unwrap_or("none")
}

#[test]
fn a_skeleton_filled_in_lacks_nothing_but_its_cases() {
    let desk = Desk::new();
    let ran = desk.run(&["check"], "");
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.out.contains(ID) && ran.out.contains("0 passed, 1 failed"), "{}", ran.out);
    assert_eq!(ran.err.matches("error: ").count(), 1, "{}", ran.err);
    assert!(ran.err.contains("error: 还没有核对用例"), "{}", ran.err);
    // Without a case nothing is reached, and there is no number of it.
    for file in ["empty", "none"] {
        let ran = desk.run(&["check"], "");
        let row = ran.out.lines().find(|line| line.contains(ID)).expect("its row");
        let columns: Vec<&str> = row.split_whitespace().collect();
        assert_eq!(columns[columns.len() - 4..columns.len() - 2], ["没有", "—"], "{file}: {row}");
        fs::remove_file(desk.path(CASES)).unwrap_or_default();
    }
}

#[test]
fn a_skeleton_is_never_written_over_a_file() {
    let desk = Desk::new();
    let before = fs::read_to_string(desk.path(NOTICE)).expect("there");
    let ran = desk.run(&["new", "999999", "2031"], "");
    assert_eq!((ran.code, ran.err.contains("已经有了")), (1, true), "{}", ran.err);
    assert_eq!(fs::read_to_string(desk.path(NOTICE)).expect("there"), before);
    assert_eq!(desk.run(&["new", "999999", "2032"], "").code, 0, "the next year of a place knows its folder");
    assert_eq!(desk.run(&["new", "888888", "2031"], "").code, 1, "a new place needs its pinyin");
}

#[test]
fn a_skeleton_not_filled_in_is_told_where() {
    let desk = Desk::empty();
    desk.run(&["new", "999999", "2031", "--pinyin", "mou-xian", "--policies", "policies"], "");
    let ran = desk.run(&["check", NOTICE], "");
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains(&format!("{NOTICE}:9:10: error: 这里还没有填：【填：通知全称】")), "{}", ran.err);
}

#[test]
fn one_request_gets_one_response() {
    let desk = Desk::new();
    let ran = desk.eval(ordinary().to_string());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let response = &lines(&ran.out)[0];
    assert_eq!((payable(response), &response["settled"]), ("400", &json!(true)), "{response:#}");
    let pretty = desk.run(&["eval", "--pretty"], format!("{:#}", ordinary()));
    assert_eq!(serde_json::from_str::<Value>(&pretty.out).expect("JSON"), *response);
    assert!(pretty.out.lines().count() > 10);
}

#[test]
fn an_array_keeps_its_order_and_its_bad_requests() {
    let desk = Desk::new();
    let ran = desk.eval(json!([ordinary(), 5, {"notice": "000000-2031", "on": "2030-10-01"}, ordinary()]).to_string());
    let all: Vec<Value> = serde_json::from_str(&ran.out).expect("an array");
    assert_eq!(all.len(), 4);
    assert_eq!((payable(&all[0]), payable(&all[3])), ("400", "400"));
    assert_eq!((&all[1]["error"]["code"], &all[2]["error"]["code"]), (&json!("bad_request"), &json!("unknown_notice")));
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("4 条请求中有 2 条有误"), "{}", ran.err);
    assert_eq!(desk.eval("[]").out, "[]\n");
}

#[test]
fn an_array_that_breaks_off_keeps_what_came_before() {
    let desk = Desk::new();
    let ran = desk.eval(format!("[{}, {{\"notice\"", ordinary()));
    let all: Vec<Value> = serde_json::from_str(&ran.out).expect("still an array");
    assert_eq!((payable(&all[0]), &all[1]["error"]["code"]), ("400", &json!("bad_request")));
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("第 1 行"), "{}", ran.err);
}

#[test]
fn a_roster_is_answered_line_by_line() {
    let desk = Desk::new();
    let long = format!("\"{}\"", "x".repeat(3 << 20));
    let bad = request(json!({"residence": "moon"}));
    let roster = format!("\u{feff}{0}\r\n\r\n{1}\nnonsense\n[1]\n{long}\n{0}", ordinary(), bad);
    for arguments in [&["eval"][..], &["eval", "--lines"]] {
        let ran = desk.run(arguments, &roster);
        let all = lines(&ran.out);
        assert_eq!(all.len(), 6, "one answer for each line that is not blank");
        assert_eq!((payable(&all[0]), payable(&all[5])), ("400", "400"));
        assert_eq!(all[1]["error"]["answers"], json!(["residence"]));
        assert!(all[2..5].iter().all(|answer| answer["error"]["code"] == "bad_request"));
        assert_eq!(ran.code, 1);
        assert!(ran.err.contains("第 3 行") && ran.err.contains("第 6 行"), "{}", ran.err);
    }
    let nobody = desk.run(&["eval", "--lines"], "");
    assert_eq!((nobody.code, nobody.out.as_str()), (0, ""));
}

#[test]
fn repeated_requests_get_equal_answers() {
    let desk = Desk::new();
    let roster: String = (0..5000)
        .map(|n| ordinary().to_string().replace("1985-05-05", &format!("19{}-05-05", 50 + n % 40)) + "\n")
        .collect();
    let ran = desk.eval(roster);
    let mut answers: Vec<&str> = ran.out.lines().collect();
    assert_eq!(answers.len(), 5000);
    answers.dedup();
    assert_eq!(answers.len(), 1);
}

#[test]
fn nonsense_is_an_error_in_place_and_no_crash() {
    let desk = Desk::new();
    for input in ["", " \n", "nonsense", "{", "5", "null", "[", "\u{0}", "{\"answers\":", &"[".repeat(100_000)] {
        let ran = desk.eval(input);
        assert_eq!(ran.code, 1, "{input:.20}");
        // Said once, where the response would be.
        assert!(ran.out.contains("\"error\"") && ran.err.is_empty(), "{input:.20}: {} {}", ran.out, ran.err);
    }
    assert_eq!(desk.eval([0xff, 0xfe, b'\n']).code, 1);
}

#[test]
fn cases_pass_or_say_what_differs() {
    let desk = Desk::new();
    let case = |name: &str, payable: &str| {
        format!(
            "[[case]]\nname = \"{name}\"\nwhy = \"二\"\non = \"2030-10-01\"\n\
             answers = {{ residence = \"local\", other_plan = \"none\", groups = [] }}\n\
             [case.expect]\n[[case.expect.outcomes]]\nfee = {{ payable = \"{payable}\" }}\nwait = \"null\"\n"
        )
    };
    desk.cases(&case("good", "400"));
    let ran = desk.run(&["cases"], "");
    assert_eq!((ran.code, ran.out.as_str()), (0, "1 passed, 0 failed\n"), "{}", ran.err);

    desk.cases(&case("wrong", "399"));
    let ran = desk.run(&["cases", CASES], "");
    assert_eq!(ran.code, 1);
    for part in ["✗", "wrong", "outcomes[0].fee.payable", "应为 \"399\"", "实为 \"400\"", "1 passed, 1 failed"] {
        assert!(ran.out.contains(part), "{part} in {}", ran.out);
    }
    assert_eq!(desk.run(&["cases", "--filter", "good"], "").code, 0);
    assert_eq!(desk.run(&["cases", "--filter", "nobody"], "").code, 1);

    let all: Value = serde_json::from_str(&desk.run(&["cases", "--json"], "").out).expect("JSON");
    assert_eq!(
        all[0]["request"],
        json!({"notice": ID, "on": "2030-10-01", "answers": {"residence": "local", "other_plan": "none", "groups": []}})
    );
    assert_eq!(all[0]["expect"]["outcomes"][0]["wait"], Value::Null);
}

#[test]
fn check_names_what_no_case_reaches() {
    let desk = Desk::new();
    desk.cases(
        "[[case]]\nname = \"away\"\nwhy = \"一\"\non = \"2030-10-01\"\nanswers = { residence = \"away\" }\n\
         [case.expect]\nsettled = true\n[[unreached]]\nleaf = \"away\"\nwhy = \"none\"\n[[unreached]]\nleaf = \"gone\"\nwhy = \"none\"\n",
    );
    let ran = desk.run(&["check", "--all"], "");
    assert_eq!(ran.code, 1);
    for part in ["`away` 已经有用例到达", "`gone` 不存在", "种情形没有用例到达", "\"notice\":\"999999-2031\""]
    {
        assert!(ran.err.contains(part), "{part} in {}", ran.err);
    }
}

#[test]
fn check_shows_a_gap_with_a_command_that_runs() {
    let desk = Desk::new();
    desk.edit(NOTICE, |content| {
        content
            .replace("when = { way = [\"left\"] }\nstandard", "when = { way = [\"left\"], no_claims = true }\nstandard")
    });
    let ran = desk.run(&["check", NOTICE], "");
    assert_eq!(ran.code, 1, "{}", ran.out);
    let command = ran.err.lines().find(|line| line.contains("| cargo canbao eval")).expect("a command");
    let json = command.split('\'').nth(1).expect("in quotes");
    let error: Value = serde_json::from_str(&desk.eval(json).out).expect("JSON");
    assert_eq!(error["error"]["code"], "bad_notice", "{error}");
    assert!(ran.err.contains(&format!("{NOTICE}:")), "{}", ran.err);
}

/// The engine keeps the options of all readings in one number (`Options` in crates/engine/src/view.rs).
#[test]
fn more_readings_than_the_engine_can_tell_apart_are_refused() {
    let reading = |id: usize, options: usize| {
        let option = |at| format!("{{ id = \"o{at}\", label = \"第{at}种\" }}");
        let options = (1..=options).map(option).collect::<Vec<_>>().join(", ");
        format!("\n[[reading]]\nid = \"r{id}\"\nquestion = \"怎么算？\"\nclauses = [\"二\"]\noptions = [{options}]\n")
    };
    let refused = |count: usize, options: usize| {
        let desk = Desk::new();
        let readings: String = (1..=count).map(|id| reading(id, options)).collect();
        let used: Vec<String> = (1..=count).map(|id| format!("{{ reading = {{ r{id} = [\"o1\"] }} }}")).collect();
        let when = format!("when = {{ way = [\"left\"], any = [{}] }}", used.join(", "));
        desk.edit(NOTICE, |content| content.replace("when = { way = [\"left\"] }", &when) + &readings);
        let ran = desk.run(&["check", NOTICE], "");
        let refused = ran.err.contains("待释疑条款太多：最多 14 条，每条最多 4 种理解");
        // What is within the limits leaves people without a fee, which is another fault.
        assert!(ran.code == 1 && (refused || ran.err.contains("canbao eval")), "{}", ran.err);
        refused
    };
    assert!(refused(1, 5));
    assert!(refused(15, 2));
    assert!(!refused(14, 4));
}

#[test]
fn a_notice_elsewhere_is_checked_and_asked_by_its_file() {
    let desk = Desk::new();
    fs::copy(desk.path(NOTICE), desk.path("draft.toml")).expect("copied");
    desk.edit("draft.toml", |content| content.replace("code = \"999999\"", "code = \"888888\""));
    let ran = desk.run(&["check", "draft.toml"], "");
    assert!(ran.err.matches("error: ").count() == 1 && ran.err.contains("还没有核对用例"), "{}", ran.err);
    let input = ordinary().to_string().replace(ID, "888888-2031");
    assert_eq!(desk.eval(&input).code, 1);
    assert_eq!(desk.run(&["eval", "--notice", "draft.toml"], &input).code, 0);

    fs::rename(desk.path("draft.toml"), desk.path("policies/999999-mou-xian/2033.toml")).expect("moved");
    let ran = desk.run(&["check"], "");
    assert!(ran.code == 1 && ran.err.contains("与它所在的位置不符"), "{}", ran.err);
}

#[test]
fn a_broken_notice_is_an_answer_to_every_request() {
    let desk = Desk::new();
    desk.edit(NOTICE, |content| content.replace("[[fee]]", "[[fees]]"));
    let ran = desk.eval(ordinary().to_string());
    assert_eq!(lines(&ran.out)[0]["error"]["code"], "bad_notice");
    assert_eq!(ran.code, 1);
    assert_eq!(desk.run(&["check"], "").code, 1);
}

#[test]
fn a_notice_is_rendered_for_a_signature() {
    let desk = Desk::new();
    let markdown = desk.run(&["render", ID], "");
    assert_eq!((markdown.code, markdown.err.as_str()), (0, ""));
    for part in [
        "# 某某2031年度城乡居民医保缴费对照表",
        "| 普通居民 | 400元 |",
        "| 特困人员 | 0元 | 400元（医疗救助资金） |",
        "| 低保对象 | 120元 | 280元（医疗救助资金） |",
        "| 2030年9月 | 1日至30日 |",
        "| 2031年2月 | 1日至28日 |",
        "退出其他制度补办<br>`left`",
        "审定：____",
    ] {
        assert!(markdown.out.contains(part), "{part} in {}", markdown.out);
    }
    assert_eq!(desk.run(&["render", NOTICE, "--out", "sheet.html"], "").code, 0);
    let html = fs::read_to_string(desk.path("sheet.html")).expect("written");
    assert_eq!(desk.run(&["render", ID, "--html"], "").out, html);
    for part in ["<!doctype html>", "lang=\"zh-CN\"", "@media print", "class=\"payable\"", "<code>left</code>"] {
        assert!(html.contains(part), "{part}");
    }
    assert!(!html.contains("http") && !html.contains("<script"), "nothing from elsewhere");
    assert_eq!(desk.run(&["render", "000000-2031"], "").code, 1);
    // A start that the notice does not give is not signed for.
    assert!(!markdown.out.contains("从哪天起通知没写"));
    desk.edit(NOTICE, |content| {
        content.replace("windows = [{ period = \"central\"", "windows = [{ period = \"central\", before = \"unstated\"")
    });
    let markdown = desk.run(&["render", ID], "");
    assert!(markdown.out.contains("（从哪天起通知没写，算的时候从"), "{}", markdown.out);
}

#[test]
fn material_is_made_for_a_notice() {
    let desk = Desk::new();
    let base = ["material", ID, "--address", "https://example.gov.cn/", "--on", "2030-10-01"];
    let with = |more: &[&str]| desk.run(&[&base[..], more].concat(), "");
    let message = with(&["--kind", "message"]);
    assert_eq!((message.code, message.err.as_str()), (0, ""));
    for part in ["某某2031年", "每人交400元", "低保对象：120元", "https://example.gov.cn/", "数据截至2030年10月1日"]
    {
        assert!(message.out.contains(part), "{part} in {}", message.out);
    }
    let long = format!("https://example.gov.cn/{}", "canbao/".repeat(9));
    let told = desk.run(&["material", ID, "--address", &long, "--on", "2030-10-01", "--kind", "message"], "");
    let note = "注意：群消息连网址最多200字，没有放全的是：";
    assert!(told.code == 0 && told.err.starts_with(note), "{}: {}", told.out, told.err);
    let spoken = with(&["--kind", "loudspeaker"]).out;
    assert!(spoken.contains("四百元") && spoken.contains("一百二十元"), "{spoken}");

    let all = with(&["--out", "out/new"]);
    assert_eq!((all.code, all.out.lines().count()), (0, 5), "{}", all.err);
    for (file, begins) in [
        ("poster.svg", "<svg"),
        ("phone.svg", "<svg"),
        ("message.txt", "【某某"),
        ("loudspeaker.txt", "各位居民"),
        ("calendar.ics", "BEGIN:VCALENDAR\r\n"),
    ] {
        let path = format!("out/new/{ID}-{file}");
        assert!(all.out.contains(&path), "{}", all.out);
        assert!(fs::read_to_string(desk.path(&path)).expect("written").starts_with(begins), "{file}");
    }
    assert_eq!(desk.run(&["material", NOTICE, "--address", "http://a.cn/", "--kind", "poster"], "").code, 0, "today");
}

/// Each with its exit code: what is wrong with the command, and what is wrong with the material.
#[test]
fn material_that_cannot_be_made_is_refused() {
    let desk = Desk::new();
    let material = |more: &[&str]| desk.run(&[&["material", ID], more].concat(), "");
    let address = ["--address", "https://example.gov.cn/"];
    for (more, code, says) in [
        (&["--kind", "poster"][..], 2, "--address"),
        (&[&address[..], &["--on", "2030-02-30"]].concat(), 2, "日期"),
        (&[&address[..], &["--kind", "flyer"]].concat(), 2, "flyer"),
        (&[&address[..], &["--on", "2030-10-01"]].concat(), 1, "--out"),
        (&[&address[..], &["--on", "2032-01-01", "--kind", "poster"]].concat(), 1, "2031年度已经结束"),
        (&["--address", "example.gov.cn", "--on", "2030-10-01", "--kind", "poster"], 1, "http"),
        (&["--address", "https://例子.cn/", "--on", "2030-10-01", "--kind", "poster"], 1, "http"),
        (&[&address[..], &["--on", "2031-12-31", "--kind", "calendar"]].concat(), 1, "没有做日历"),
    ] {
        let ran = material(more);
        assert_eq!((ran.code, ran.out.as_str()), (code, ""), "{more:?}: {}", ran.err);
        assert!(ran.err.contains(says), "{more:?}: {}", ran.err);
    }
    assert_eq!(desk.run(&["material", "000000-2031", "--address", "http://a.cn/", "--kind", "poster"], "").code, 1);
}

#[test]
fn notices_are_listed() {
    let desk = Desk::new();
    let ran = desk.run(&["list"], "");
    assert!(ran.code == 0 && ran.out.contains(ID), "{}", ran.out);
    let all: Value = serde_json::from_str(&desk.run(&["list", "--json"], "").out).expect("JSON");
    assert_eq!((&all[0]["id"], &all[0]["place"]["name"]), (&json!(ID), &json!("某某")));
}

#[test]
fn help_is_for_asking_and_wrong_usage_is_its_own_exit_code() {
    let desk = Desk::empty();
    for command in [
        &["--help"][..],
        &["eval", "--help"],
        &["check", "-h"],
        &["render", "--help"],
        &["material", "--help"],
        &["new", "--help"],
    ] {
        let ran = desk.run(command, "");
        assert!(
            ran.code == 0 && ran.out.contains("用法：cargo canbao") && ran.err.is_empty(),
            "{command:?}: {}",
            ran.out
        );
    }
    for command in [&["evaluate"][..], &["eval", "--oops"], &["new", "12345", "2031"], &["render"], &[]] {
        let ran = desk.run(command, "");
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{command:?}");
        assert!(!ran.err.is_empty());
    }
    assert_eq!(desk.run(&["--version"], "").out, format!("canbao {}\n", env!("CARGO_PKG_VERSION")));
}

/// Outside a checkout the notices of the build are there.
#[test]
fn without_a_folder_the_notices_of_the_build_answer() {
    let desk = Desk::empty();
    fs::remove_dir(desk.path("policies")).expect("it is empty");
    let Some(entry) = canbao_baked::index().first() else { return };
    let ran = desk.eval(json!({"notice": entry.id, "on": "2020-01-01"}).to_string());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(desk.run(&["list"], "").out.contains(entry.id));
    assert_eq!(desk.run(&["check"], "").code, 1, "there are no files to check");
}

#[test]
fn a_reader_that_closes_early_is_no_error() {
    let desk = Desk::new();
    fs::write(desk.path("roster"), format!("{}\n", ordinary()).repeat(20_000)).expect("written");
    let mut child = Command::new(env!("CARGO_BIN_EXE_canbao"))
        .arg("eval")
        .current_dir(&desk.0)
        .stdin(fs::File::open(desk.path("roster")).expect("there"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The repository's own notices, wherever the tests run.
#[test]
fn the_repository_is_found_from_below() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let output = Command::new(env!("CARGO_BIN_EXE_canbao"))
        .args(["list", "--json"])
        .current_dir(root.join("crates/cli/src"))
        .output()
        .expect("it runs");
    let all: Vec<Value> = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(all.len(), canbao_baked::index().len());
}
