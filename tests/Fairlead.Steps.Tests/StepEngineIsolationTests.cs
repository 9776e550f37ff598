using Fairlead.Domain.Problems;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Events;
using Fairlead.Steps.Tests.Support;

namespace Fairlead.Steps.Tests;

public sealed class StepEngineIsolationTests
{
    [Fact]
    public async Task Run_OfAStep_ShowsItItsDeclaredFilesOnly()
    {
        using var project = new TestProject("""
            project: tiny
            steps:
              a:
                run: find . -type f -not -path "./out/*" | sort > out/files; [ -x code/run.sh ] && code/run.sh
                code: [code, "with space/ü.txt"]
                outputs: [files]
            """);
        project.Write("secret.txt", "x");
        project.Write("with space/ü.txt", "x");
        project.Write("with space/other.txt", "x");
        File.SetUnixFileMode(project.Write("code/run.sh", "#!/bin/sh\necho from code\n"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var report = await project.RunAsync();
        Assert.Equal("./code/run.sh\n./params.json\n./with space/ü.txt\n", await project.ReadOutputAsync(report.Steps[0].Run!, "files"));
        Assert.Equal("from code", Assert.Single(project.Events.OfType<StepOutput>()).Line);
    }

    [Fact]
    public async Task Run_OfAStep_ShowsItTheContractsEnvironmentOnly()
    {
        Environment.SetEnvironmentVariable("UNDECLARED_SECRET", "x");
        using var project = new TestProject("""
            project: tiny
            steps:
              one: { run: mkdir out/t; echo x > out/t/x, outputs: [t] }
              a:
                run: env | grep -v -e ^_= -e ^SHLVL= -e ^OLDPWD= -e ^DOTNET_ROOT= | sort > out/env.txt; cp params.json out/; ls "$HOME" "$TMPDIR"
                inputs: { in_tree: one/t }
                params: { l2: 0.10, name: "ü \"x\"", on: true }
                env: { MODE: "fast and loose", LANG: C }
                outputs: [env.txt, params.json]
            """, options => options with { ToolPath = "/opt/fairlead" });
        var run = await project.RunOfAsync((await project.RunAsync()).Steps[1]);
        var variables = (await project.ReadOutputAsync(run, "env.txt")).TrimEnd().Split('\n').Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        Assert.Equal(
            [
                "DOTNET_CLI_TELEMETRY_OPTOUT", "DOTNET_NOLOGO", "DOTNET_SKIP_FIRST_TIME_EXPERIENCE", "FAIRLEAD_IN_IN_TREE", "FAIRLEAD_OUT",
                "FAIRLEAD_OUT_ENV_TXT", "FAIRLEAD_OUT_PARAMS_JSON", "FAIRLEAD_PARAM_L2", "FAIRLEAD_PARAM_NAME", "FAIRLEAD_PARAM_ON",
                "FAIRLEAD_RUN", "FAIRLEAD_STEP", "HOME", "LANG", "MODE", "PATH", "PWD", "TMPDIR", "TZ",
            ],
            variables.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("/step/in/in_tree", variables["FAIRLEAD_IN_IN_TREE"]);
        Assert.Equal("/step/out/env.txt", variables["FAIRLEAD_OUT_ENV_TXT"]);
        Assert.Equal(("a", "a-1", "C", "fast and loose", "UTC"), (variables["FAIRLEAD_STEP"], variables["FAIRLEAD_RUN"], variables["LANG"], variables["MODE"], variables["TZ"]));
        Assert.Equal(("ü \"x\"", "true"), (variables["FAIRLEAD_PARAM_NAME"], variables["FAIRLEAD_PARAM_ON"]));
        Assert.EndsWith(":/opt/fairlead/bin", variables["PATH"]);
        using var parameters = System.Text.Json.JsonDocument.Parse(await project.ReadOutputAsync(run, "params.json"));
        Assert.Equal("ü \"x\"", parameters.RootElement.GetProperty("name").GetString());
        Assert.Equal(variables["FAIRLEAD_PARAM_L2"], parameters.RootElement.GetProperty("l2").GetRawText());
    }

    [Fact]
    public async Task Run_OfAStepThatWritesOverItsCode_ChangesNeitherStoreNorProject()
    {
        using var project = new TestProject("""
            project: tiny
            steps:
              a: { run: echo spoiled > code.txt && cp code.txt out/, code: [code.txt], outputs: [code.txt], sandbox: none }
            """);
        project.Write("code.txt", "good\n");
        await project.OutcomesAsync();
        Assert.Equal("good\n", File.ReadAllText(Path.Combine(project.Root, "code.txt")));
        Assert.Empty(await project.Store.FindDamagedAsync(TestProject.Token));
    }

    [Fact]
    public async Task Run_WithNestedOutputs_MakesTheirFoldersAndStoresTrees()
    {
        using var project = new TestProject("""
            project: tiny
            steps:
              a: { run: 'echo 1 > "out/deep er/ü.txt"; mkdir out/tree; echo 2 > out/tree/x', outputs: ["deep er/ü.txt", tree] }
              b: { run: 'cat in/file in/folder/x > out/b; if echo y > in/file/z; then exit 1; fi', inputs: { file: "a/deep er/ü.txt", folder: a/tree }, outputs: [b] }
            """);
        var report = await project.RunAsync();
        Assert.True(report.Succeeded, report.Steps[^1].Reason);
        Assert.Equal("1\n2\n", await project.ReadOutputAsync(report.Steps[1].Run!, "b"));
    }

    [Fact]
    public async Task Run_OfASqlStep_CallsTheSqlCommandInTheStepsFolder()
    {
        using var tools = new TempFolder();
        var engine = tools.WriteProgram("engine", "#!/bin/sh\necho \"$1 $2\"\ncat \"$2\" params.json in/rows > out/result\n[ \"$FAIRLEAD_STEP\" = a ] && ls > \"$FAIRLEAD_OUT_LS\"\n");
        using var project = new TestProject(
            """
            project: tiny
            datasets: { rows: { path: rows.csv } }
            steps:
              a: { sql: steps/a.sql, inputs: { rows: dataset:rows }, params: { n: 3 }, outputs: [result, ls] }
            """,
            options => options with { SqlCommand = [engine, "step-sql"], SqlEngineVersion = new Lazy<string>("fake 1") });
        project.Write("steps/a.sql", "select 1;\n");
        project.Write("rows.csv", "r\n");
        var run = await project.RunOfAsync((await project.RunAsync()).Steps[0]);
        Assert.Equal("select 1;\n{\n  \"n\": 3\n}r\n", await project.ReadOutputAsync(run, "result"));
        Assert.Equal("in\nout\nparams.json\nstep.sql\n", await project.ReadOutputAsync(run, "ls"));
        Assert.Equal("step-sql step.sql", Assert.Single(project.Events.OfType<StepOutput>()).Line);
        Assert.Equal("sql: steps/a.sql", run.Command);

        var newer = project.NewEngine(options => options with { SqlCommand = [engine, "step-sql"], SqlEngineVersion = new Lazy<string>("fake 2") });
        var report = await newer.RunAsync(new RunOrder { User = "tester" }, _ => { }, TestProject.Token);
        Assert.Equal("engine fake 1 > fake 2", report.Steps[0].Reason);
        project.Edit("steps/a.sql", "select 1", "select 2");
        Assert.Equal("sql changed", (await newer.RunAsync(new RunOrder { User = "tester" }, _ => { }, TestProject.Token)).Steps[0].Reason);
    }

    [Fact]
    public async Task Run_OfASqlStepWithoutAnEngine_Fails()
    {
        using var project = new TestProject("project: tiny\nsteps:\n  a: { sql: a.sql, outputs: [x] }\n");
        project.Write("a.sql", "select 1");
        Assert.Contains("without a SQL command", (await project.FailAsync("a")).Error);
    }

    [Fact]
    public async Task Run_OfCodeThatHidesTheContract_IsRefused()
    {
        using var project = new TestProject("project: tiny\nsteps:\n  a: { run: ls, code: [in], outputs: [x] }\n");
        project.Write("in/x", "x");
        Assert.Contains("'in' in its working folder belongs to the contract", (await project.FailAsync("a")).Error);
    }

    [Fact]
    public async Task Run_WhenThingsAreMissing_NamesThemAllBeforeAnythingRuns()
    {
        using var project = new TestProject("""
            project: tiny
            steps:
              a: { run: ls > out/x, outputs: [x] }
              b: { run: ls, code: [missing, ignored.txt], outputs: [x] }
              c: { sql: missing.sql, outputs: [x] }
              d: { run: ls, tools: [no-such-tool], outputs: [x] }
            """);
        project.Write(".gitignore", "ignored.txt");
        project.Write("ignored.txt", "x");
        var problem = await Assert.ThrowsAsync<FairleadException>(() => project.RunAsync());
        Assert.Equal(ProblemKind.Invalid, problem.Kind);
        Assert.Equal(
            [
                "Step 'b' declares the code 'missing', which does not exist; create it or correct `code`.",
                "Step 'b' declares the code 'ignored.txt', of which git ignores everything or which is empty; change .gitignore, or declare something else.",
                "Step 'c' has the SQL script 'missing.sql', which does not exist in the project; create it or correct `sql`.",
                "Step 'd' needs the tool 'no-such-tool', which is not on PATH; install it or correct `tools`.",
            ],
            problem.Message.Split('\n'));
        Assert.Empty(await project.Catalog.ListAsync(step: null, 9, TestProject.Token));
    }

    [Fact]
    public async Task Run_WhenADatasetIsMissing_NamesItAndItsPath()
    {
        using var project = new TestProject("""
            project: tiny
            datasets: { rows: { path: data/rows.csv } }
            steps:
              a: { run: ls, inputs: { rows: dataset:rows }, outputs: [x] }
            """);
        var problem = await Assert.ThrowsAsync<FairleadException>(() => project.RunAsync());
        Assert.Equal("There is nothing at 'data/rows.csv', where the dataset 'rows' should be; put the data there or correct `path`.", problem.Message);
    }

    [Fact]
    public async Task Run_OfAnUnknownStep_GivesTheNearestName()
    {
        using var project = new TestProject("project: tiny\nsteps:\n  train: { run: ls, outputs: [x] }\n");
        var problem = await Assert.ThrowsAsync<FairleadException>(() => project.RunAsync("trian"));
        Assert.Equal("There is no step 'trian'; did you mean 'train'?", problem.Message);
    }
}
