using System.Text;
using Fairlead.Domain.Projects;

namespace Fairlead.ProjectFile.Tests;

public sealed class YamlProjectReaderTests
{
    private const string Minimal = "project: p\n";

    [Theory]
    [InlineData("", "1:1: the file is empty; begin with 'project: NAME'")]
    [InlineData("\uFEFF", "1:1: the file is empty; begin with 'project: NAME'")]
    [InlineData("# only a comment\n", "1:1: the file is empty; begin with 'project: NAME'")]
    [InlineData("---\n...\n", "1:1: the file is empty; begin with 'project: NAME'")]
    [InlineData("project: p\nowner: a\0b\nnothing: read", "2:9: the character U+0000 may not be in a YAML file; remove it, or write it as an escape in double quotes")]
    [InlineData("- a\n- b\n", "1:1: the file must be a map of 'key: value', not a list")]
    [InlineData("hello", "1:1: the file must be a map of 'key: value', not text")]
    [InlineData("owner: me\n", "1:1: the file lacks 'project'; add it")]
    [InlineData("project: p\nsteps:\n\ts: { run: x }\n", "3:1: a tab indents this line; YAML allows spaces only")]
    [InlineData("project: p\n---\nproject: q\n", "2:1: a second document begins here; a project file holds one, so remove this '---' and what follows")]
    [InlineData("project: *nothing\n", "1:10: the alias '*nothing' refers to no anchor that is complete before it; write the value here")]
    [InlineData("project: p\nsteps: &a { s: *a }\n", "2:16: the alias '*a' refers to no anchor that is complete before it; write the value here")]
    [InlineData("project: p\n[a]: b\n", "2:1: a key must be text, not a list; write 'name: value'")]
    [InlineData("project: p\ncustomers: {}\n", "2:1: 'customers' is not supported yet; remove it for now")]
    [InlineData("project: My-Project\n", "1:10: 'project' is 'My-Project', which is not a name; use lower-case letters, digits and '_', a letter first, 63 at most, such as 'my_name'")]
    public void Read_OneMistake_IsNamedAtItsPlace(string text, string problem) => Assert.Equal(problem, string.Join('\n', Problems(text)));

    [Theory]
    [InlineData("run: x, sandbox: container", "2:23: step 's' runs in a container and names no image; add 'image'")]
    [InlineData("run: x, image: busybox", "2:23: step 's' names an image and runs in no container; write 'sandbox: container' or remove 'image'")]
    [InlineData("sql: x.sql, sandbox: container, image: busybox", "2:15: step 's' is a SQL step, which no image can execute; remove 'sandbox' and 'image', or use 'run'")]
    [InlineData("run: x, resources: { memory: 2GB }", "2:44: 'memory' of 'resources' of step 's' is '2GB', which is not a size; use a whole number of bytes, or with Ki, Mi or Gi, such as '512Mi'")]
    [InlineData("run: x, resources: { cpu: 0 }", "2:41: 'cpu' of 'resources' of step 's' is '0'; use a number from 0.01 to 1024")]
    [InlineData("run: x, network: often", "2:32: 'network' of step 's' is 'often'; use true or false")]
    public void Read_SandboxThatDoesNotFitTogether_IsNamedAtItsPlace(string step, string problem) =>
        Assert.Equal(problem, string.Join('\n', Problems($"project: p\nsteps: {{ s: {{ {step} }} }}\n")));

    [Fact]
    public void Read_SandboxAndResources_AreAsWritten()
    {
        var steps = new YamlProjectReader().Read("""
            project: p
            steps:
              a: { run: x, sandbox: container, image: "r:5000/i@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", network: true, tools: { sh: [a.lock, b.lock], dotnet: , ls: [a.lock] } }
              b: { run: x, sandbox: none, resources: { cpu: 1.5, memory: 2Gi, pids: 7, disk: 512Ki, timeout: 5m }, tools: [sh] }
              c: { run: x }
            """).Project!.Steps;
        Assert.Equal((SandboxKind.Container, true), (steps[0].Sandbox, steps[0].HasNetwork));
        Assert.StartsWith("r:5000/i@sha256:", steps[0].Image, StringComparison.Ordinal);
        Assert.Equal(["sh", "dotnet", "ls"], steps[0].Tools);
        Assert.Equal(["a.lock", "b.lock"], steps[0].LockFiles);
        Assert.Equal(new StepResources { Cpu = 1.5, Memory = 2L << 30, Pids = 7, Disk = 512 << 10 }, steps[1].Resources);
        Assert.Equal((SandboxKind.None, TimeSpan.FromMinutes(5)), (steps[1].Sandbox, steps[1].Timeout));
        Assert.Equal(["sh"], steps[1].Tools);
        Assert.Equal((null, StepResources.Unlimited, false), (steps[2].Sandbox, steps[2].Resources, steps[2].HasNetwork));
    }

    [Theory]
    [InlineData("project: p\nsteps: { s: { run: x\n")]
    [InlineData("project: 'p\n")]
    [InlineData("project: p\n  owner: x\n")]
    [InlineData("project: \"\\q\"\n")]
    [InlineData("project: p: q\n")]
    [InlineData("%YAML 3.0\n---\nproject: p\n")]
    public void Read_InvalidYaml_IsOneProblemWithTheCure(string text)
    {
        var problem = Assert.Single(Problems(text));
        Assert.Contains("is not valid YAML", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem.Message);
        Assert.InRange(problem.Line, 1, 4);
    }

    [Fact]
    public void Read_HalfASurrogatePair_IsRefusedAndAWholeOneIsNot()
    {
        Assert.Empty(Problems("project: p\nowner: \ud83d\ude00\n"));
        Assert.StartsWith("2:11: the character U+D83D", Assert.Single(Problems("project: p\nowner: \ud83d\ude00 \ud83d\n")).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FileAboveTheLimit_IsRefused()
    {
        var fits = Minimal + "# " + new string('x', YamlProjectReader.MaxBytes - Minimal.Length - 2);
        Assert.Equal(YamlProjectReader.MaxBytes, Encoding.UTF8.GetByteCount(fits));
        Assert.Empty(Problems(fits));
        Assert.Equal("1:1: the file is larger than 1024 KiB; move data out of it", Assert.Single(Problems(fits + "x")).ToString());
        Assert.Contains("larger than", Assert.Single(Problems(Minimal + "# " + new string('é', YamlProjectReader.MaxBytes / 2))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AliasBomb_IsRefusedWithoutUnfoldingIt()
    {
        var text = new StringBuilder("project: p\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 30; i++)
            text.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        Assert.Contains("unfolds to more than 250,000 values", Assert.Single(Problems(text.ToString())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DeepNesting_IsRefused()
    {
        var problem = Assert.Single(Problems(Minimal + "steps: " + new string('[', 100_000)));
        Assert.Contains("nests deeper than 32 levels", problem.Message, StringComparison.Ordinal);
        Assert.Equal(2, problem.Line);
    }

    [Fact]
    public void Read_ManyMistakes_ListsTheFirstAndSaysSo()
    {
        var text = Minimal + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"unknown_{i}: 1\n"));
        var problems = Problems(text);
        Assert.Equal(201, problems.Count);
        Assert.Contains("only the first 200 problems", problems[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TenThousandStepsInAChain_IsRead()
    {
        var text = new StringBuilder(Minimal).Append("steps:\n  s0: { run: x, outputs: [o] }\n");
        for (var i = 1; i < 10_000; i++)
            text.Append($"  s{i}: {{ run: x, inputs: {{ i: s{i - 1}/o }}, outputs: [o] }}\n");
        var reading = new YamlProjectReader().Read(text.ToString());
        Assert.Empty(reading.Problems);
        Assert.Equal(10_000, reading.Project!.Steps.Count);
    }

    [Fact]
    public void Read_LongCycleBesideAnotherOne_ReportsBothWithTheirPaths()
    {
        const string Text = """
            project: p
            steps:
              free: { run: x, outputs: [o] }
              x: { run: x, inputs: { i: y/o, f: free/o }, outputs: [o] }
              a: { run: x, inputs: { i: c/o }, outputs: [o] }
              b: { run: x, inputs: { i: a/o }, outputs: [o] }
              c: { run: x, inputs: { i: b/o, j: y/o }, outputs: [o] }
              y: { run: x, inputs: { i: x/o }, outputs: [o] }
              after: { run: x, inputs: { i: c/o } }
            """;
        Assert.Equal(
            ["4:3: steps wait for one another ('x' > 'y' > 'x'); remove one of these inputs", "5:3: steps wait for one another ('a' > 'b' > 'c' > 'a'); remove one of these inputs"],
            Problems(Text).Select(problem => problem.ToString()));
    }

    [Fact]
    public void Read_MistakeBehindAnAlias_IsReportedForEveryUseAtItsPlace() =>
        Assert.Equal(
            [(2, 36, "variable 'X' of step 'a'"), (2, 36, "variable 'X' of step 'b'")],
            Problems("project: p\nsteps: { a: { run: x, env: &e { X: [1] } }, b: { run: x, env: *e } }\n").Select(problem => (problem.Line, problem.Column, problem.Message[..24])));

    [Theory]
    [InlineData("0.01", "0.01")]
    [InlineData("0.010", "0.01")]
    [InlineData("1e-2", "0.01")]
    [InlineData("7", "7")]
    [InlineData("+7", "7")]
    [InlineData("-7", "-7")]
    [InlineData("007", "7")]
    [InlineData("0xfF", "255")]
    [InlineData("0o17", "15")]
    [InlineData("9007199254740993", "9007199254740993")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("1.0", "1.0")]
    [InlineData("1.", "1.0")]
    [InlineData("1e3", "1000.0")]
    [InlineData("1e300", "1E+300")]
    [InlineData("-0.0", "-0.0")]
    [InlineData("true", "true")]
    [InlineData("FALSE", "false")]
    [InlineData("\"7\"", "\"7\"")]
    [InlineData("'true'", "\"true\"")]
    [InlineData("!!str 7", "\"7\"")]
    [InlineData("2001-02-01", "\"2001-02-01\"")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("1_000", "\"1_000\"")]
    [InlineData("''", "\"\"")]
    [InlineData("12:30", "\"12:30\"")]
    public void Read_Parameter_HasItsCoreSchemaTypeAndOneSpelling(string yaml, string json)
    {
        var reading = new YamlProjectReader().Read($"project: p\nsteps: {{ s: {{ run: x, params: {{ v: {yaml} }} }} }}\n");
        Assert.Empty(reading.Problems);
        Assert.Equal(json, reading.Project!.Steps[0].Parameters["v"].GetRawText());
    }

    [Theory]
    [InlineData(".nan")]
    [InlineData("-.INF")]
    [InlineData("1e400")]
    [InlineData("~")]
    [InlineData("null")]
    [InlineData("{}")]
    public void Read_ParameterThatJsonCannotHold_IsRefused(string yaml) =>
        Assert.Single(Problems($"project: p\nsteps: {{ s: {{ run: x, params: {{ v: {yaml} }} }} }}\n"));

    [Fact]
    public void Read_NumberOfAMillionDigits_IsRefusedAtOnce() =>
        Assert.Single(Problems($"project: p\nsteps: {{ s: {{ run: x, params: {{ v: {new string('9', 900_000)} }} }} }}\n"), problem => problem.Message.Length < 300);

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("10m", 600)]
    [InlineData("1h", 3600)]
    public void Read_Timeout_IsADuration(string text, int seconds)
    {
        var reading = new YamlProjectReader().Read($"project: p\nsteps: {{ s: {{ run: x, resources: {{ timeout: {text} }} }} }}\n");
        Assert.Equal(TimeSpan.FromSeconds(seconds), reading.Project!.Steps[0].Timeout);
    }

    [Theory]
    [InlineData("a/../b")]
    [InlineData("..")]
    [InlineData("/a")]
    [InlineData("a\\\\b")]
    [InlineData("a\\n")]
    [InlineData("")]
    [InlineData("./.git/config")]
    [InlineData("x/..")]
    public void Read_PathThatLeavesTheProject_IsRefused(string path) =>
        Assert.Single(Problems($"project: p\ndatasets: {{ d: {{ path: \"{path}\" }} }}\n"));

    [Theory]
    [InlineData("..a/b..c", "..a/b..c")]
    [InlineData("./a//b/", "a/b")]
    [InlineData("with space/é", "with space/é")]
    public void Read_PathInsideTheProject_IsBroughtToOneSpelling(string path, string normalized)
    {
        var reading = new YamlProjectReader().Read($"project: p\ndatasets: {{ d: {{ path: \"{path}\" }} }}\n");
        Assert.Equal(normalized, Assert.Single(reading.Project!.Datasets).Path);
    }

    private static IReadOnlyList<ProjectProblem> Problems(string text)
    {
        var reading = new YamlProjectReader().Read(text);
        Assert.Equal(reading.Problems.Count == 0, reading.Succeeded);
        return reading.Problems;
    }
}
