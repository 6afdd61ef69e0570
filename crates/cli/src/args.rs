//! The arguments. Flags are English, as everywhere on a command line; what they do is said in Chinese.

use crate::text;
use canbao_engine::answers::parse_day;
use chrono::NaiveDate;
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

const EXIT_CODES: &str = "退出码：0 没有问题；1 发现问题，或有请求有误；2 用法不对。";

/// 参保：城乡居民医保缴费通知的编写、核对与批量测算
#[derive(Debug, Parser)]
#[command(
    name = "canbao", version, help_template = TEMPLATE, after_help = EXIT_CODES,
    subcommand_value_name = "命令", subcommand_help_heading = "命令", next_help_heading = "选项",
    override_usage = "cargo canbao <命令> [选项]", disable_help_flag = true, disable_version_flag = true, disable_help_subcommand = true,
    arg_required_else_help = true, max_term_width = 100
)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// 通知所在的文件夹；不写则用当前位置往上找到的 policies/，再没有就用程序自带的
    #[arg(long, value_name = "文件夹", global = true)]
    pub policies: Option<PathBuf>,
    /// 显示帮助
    #[arg(short, long, action = ArgAction::Help, global = true)]
    help: Option<bool>,
    /// 显示版本
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 检查通知文件：逐行指出错误，证明每人每天恰有一种办法，列出没有用例到达的情形
    #[command(help_template = TEMPLATE, override_usage = "cargo canbao check [选项] [文件]...")]
    Check(CheckArgs),
    /// 把一份通知变成可签字的中文对照表
    #[command(help_template = TEMPLATE, override_usage = "cargo canbao render [选项] <通知>")]
    Render(RenderArgs),
    /// 做宣传材料：海报、手机海报、群消息、广播稿、日历，数字都按通知算出
    #[command(help_template = TEMPLATE, override_usage = "cargo canbao material [选项] --address <网址> <通知>")]
    Material(MaterialArgs),
    /// 测算：从标准输入读一个请求、一个数组或一份名册（每行一个请求），写出结果
    #[command(help_template = TEMPLATE, override_usage = "cargo canbao eval [选项] < 请求", after_help = EVAL_EXAMPLES)]
    Eval(EvalArgs),
    /// 运行核对用例
    #[command(help_template = TEMPLATE, override_usage = "cargo canbao cases [选项] [文件]...")]
    Cases(CasesArgs),
    /// 生成一份带说明的空白通知文件和用例文件
    #[command(help_template = TEMPLATE, override_usage = "cargo canbao new [选项] <代码> <年度>")]
    New(NewArgs),
    /// 列出有哪些通知
    #[command(help_template = TEMPLATE, override_usage = "cargo canbao list [选项]")]
    List(ListArgs),
    /// 输出通知文件、请求和结果的 JSON Schema
    #[command(help_template = TEMPLATE, override_usage = "cargo canbao schema [选项] [哪一种]")]
    Schema(SchemaArgs),
}

const EVAL_EXAMPLES: &str = "例子：\n  \
    echo '{\"notice\":\"<编号>\",\"on\":\"2026-01-05\",\"answers\":{}}' | cargo canbao eval\n  \
    cargo canbao eval --lines < 名册.ndjson > 结果.ndjson\n\n\
    有误的请求在原位写成 {\"error\": …}，其余照常测算，退出码为 1。";

/// Which notices to check.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct CheckArgs {
    /// 通知文件、用例文件或文件夹；不写则检查全部
    #[arg(value_name = "文件", help_heading = "参数")]
    pub files: Vec<PathBuf>,
    /// 没有用例到达的情形全部列出，不只列前几种
    #[arg(long)]
    pub all: bool,
}

/// What to render, and how.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct RenderArgs {
    /// 通知的编号或文件
    #[arg(value_name = "通知", help_heading = "参数")]
    pub notice: String,
    /// 输出为网页，打印后签字
    #[arg(long, conflicts_with = "markdown")]
    pub html: bool,
    /// 输出为 Markdown（不写格式时，除非 --out 的文件名以 .html 结尾）
    #[arg(long)]
    pub markdown: bool,
    /// 写入文件；不写则写到标准输出
    #[arg(long, value_name = "文件")]
    pub out: Option<PathBuf>,
}

/// What material, and for which day and page.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct MaterialArgs {
    /// 通知的编号或文件
    #[arg(value_name = "通知", help_heading = "参数")]
    pub notice: String,
    /// 本县查询页面的网址，印成二维码
    #[arg(long, value_name = "网址")]
    pub address: String,
    /// 按哪一天做，如 2026-01-05；不写则按今天
    #[arg(long, value_name = "日期", value_parser = day)]
    pub on: Option<NaiveDate>,
    /// 哪一种：poster A4 海报，phone 手机海报，message 群消息，loudspeaker 广播稿，calendar 日历，all 全部
    #[arg(
        long,
        value_name = "哪一种",
        value_enum,
        default_value = "all",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub kind: MaterialKind,
    /// 写入文件夹，没有就新建；只要一种时可以不写，写到标准输出
    #[arg(long, value_name = "文件夹")]
    pub out: Option<PathBuf>,
}

/// The kinds of material.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MaterialKind {
    /// A poster on A4.
    Poster,
    /// A poster for a phone's screen.
    Phone,
    /// A message to a group.
    Message,
    /// What a loudspeaker says.
    Loudspeaker,
    /// The payable days for a calendar.
    Calendar,
    /// Every kind.
    All,
}

fn day(text: &str) -> Result<NaiveDate, String> {
    parse_day(text).ok_or_else(|| text::BAD_DAY.to_owned())
}

/// Which notice to start.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct NewArgs {
    /// 六位行政区划代码（GB/T 2260），不知道的位写 x
    #[arg(value_name = "代码", value_parser = code, help_heading = "参数")]
    pub code: String,
    /// 参保年度
    #[arg(value_name = "年度", value_parser = clap::value_parser!(u16).range(2000..2100), help_heading = "参数")]
    pub year: u16,
    /// 地名拼音，不标声调，如 xing-xian；这个地方已有通知时可以不写
    #[arg(long, value_name = "拼音", value_parser = pinyin)]
    pub pinyin: Option<String>,
}

fn code(text: &str) -> Result<String, String> {
    let good = text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'x');
    if good { Ok(text.to_owned()) } else { Err(text::BAD_CODE.to_owned()) }
}

fn pinyin(text: &str) -> Result<String, String> {
    let good = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    if good { Ok(text.to_owned()) } else { Err(text::BAD_PINYIN.to_owned()) }
}

/// How to list notices.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct ListArgs {
    /// 输出为 JSON
    #[arg(long)]
    pub json: bool,
}

/// Which schema.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct SchemaArgs {
    /// 哪一种：notice 通知文件，request 请求，response 结果
    #[arg(
        value_name = "哪一种",
        value_enum,
        default_value = "notice",
        hide_default_value = true,
        hide_possible_values = true,
        help_heading = "参数"
    )]
    pub which: SchemaKind,
    /// 写入 policies/ 旁边的 schema/，三种都写
    #[arg(long)]
    pub write: bool,
}

/// The schemas there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaKind {
    /// A notice file.
    Notice,
    /// A request.
    Request,
    /// A response.
    Response,
}

/// How to read and write requests.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct EvalArgs {
    /// 每行一个请求，边读边写，不限行数；不写则自动识别
    #[arg(long)]
    pub lines: bool,
    /// 结果分行缩进，便于阅读（输出到终端时自动如此）
    #[arg(long, conflicts_with = "lines")]
    pub pretty: bool,
    /// 另加一份通知文件，可以不在 policies/ 里（可重复）
    #[arg(long, value_name = "文件")]
    pub notice: Vec<PathBuf>,
    /// 不显示进度条
    #[arg(long)]
    pub no_progress: bool,
}

/// Which cases to run.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub struct CasesArgs {
    /// 用例文件、通知文件或文件夹；不写则运行全部
    #[arg(value_name = "文件", help_heading = "参数")]
    pub files: Vec<PathBuf>,
    /// 只运行名称、理由或文件名里含有这段文字的用例
    #[arg(long, value_name = "文字")]
    pub filter: Option<String>,
    /// 不运行，把全部用例输出为 JSON，供其他语言的程序核对
    #[arg(long, conflicts_with = "filter")]
    pub json: bool,
}
