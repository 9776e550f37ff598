using Fairlead.Domain.Runs;
using Fairlead.Steps.Comparison;
using Fairlead.Steps.Events;
using Fairlead.Steps.Tests.Support;

namespace Fairlead.Steps.Tests;

/// <summary>A small project in plain Python, from data to metrics: what a user of another language does.</summary>
public sealed class PythonProjectTests
{
    private const string Yaml = """
        project: houses
        datasets:
          sales: { path: "data/house sales.csv" }
        steps:
          fit:
            run: python3 "steps/fit line.py"
            code: [steps]
            inputs: { sales: dataset:sales }
            params: { rate: 0.02, passes: 200 }
            tools: [python3]
            outputs: [line.json]
            metrics: curve.jsonl
          check:
            run: python3 steps/check.py
            code: [steps/check.py]
            inputs: { line: fit/line.json, sales: dataset:sales }
            tools: [python3]
            outputs: [report.txt]
            metrics: metrics.json
        """;

    private const string Fit = """
        import json, os
        p = json.load(open("params.json"))
        rows = [tuple(map(float, line.split(","))) for line in open(os.environ["FAIRLEAD_IN_SALES"]).read().split()]
        a = b = 0.0
        with open("out/curve.jsonl", "w") as curve:
            for step in range(p["passes"]):
                ga = sum(2 * (a * x + b - y) * x for x, y in rows) / len(rows)
                gb = sum(2 * (a * x + b - y) for x, y in rows) / len(rows)
                a, b = a - p["rate"] * ga, b - p["rate"] * gb
                loss = sum((a * x + b - y) ** 2 for x, y in rows) / len(rows)
                curve.write(json.dumps({"step": step, "loss": loss}) + "\n")
        json.dump({"a": a, "b": b}, open("out/line.json", "w"))
        print("fertig: größe", round(a, 3))
        """;

    private const string Check = """
        import json
        line = json.load(open("in/line"))
        rows = [tuple(map(float, l.split(","))) for l in open("in/sales").read().split()]
        worst = max(abs(line["a"] * x + line["b"] - y) for x, y in rows)
        json.dump({"worst": worst, "rows": len(rows)}, open("out/metrics.json", "w"))
        open("out/report.txt", "w").write("ok\n")
        """;

    [Fact]
    public async Task Run_OfAProjectInPython_RecordsMetricsAndReusesWhatDidNotChange()
    {
        using var project = new TestProject(Yaml);
        project.Write("data/house sales.csv", "0,1\n1,3\n2,5\n3,7\n");
        project.Write("steps/fit line.py", Fit);
        project.Write("steps/check.py", Check);
        project.Git("add", "-A");
        project.Git("commit", "-q", "-m", "project");

        var first = await project.RunAsync();
        Assert.True(first.Succeeded, string.Join('\n', first.Steps.Select(step => step.Reason)));
        var fit = await project.RunOfAsync(first.Steps[0]);
        Assert.Equal(["loss"], fit.Metrics.Keys);
        Assert.InRange(fit.Metrics["loss"], 0, 0.2);
        Assert.Equal(4, first.Steps[1].Run!.Metrics["rows"]);
        Assert.StartsWith("Python 3", fit.KeyParts.Single(part => part.Name == "tool:python3").Value);
        Assert.StartsWith("fertig: größe", Assert.Single(project.Events.OfType<StepOutput>()).Line);

        project.Edit("fairlead.yaml", "passes: 200", "passes: 400");
        project.Git("commit", "-aqm", "longer");
        var second = await project.RunAsync();
        Assert.Equal(["param:passes 200 > 400", "input:line changed (fit-1 > fit-2)"], second.Steps.Select(step => step.Reason));

        var why = await new RunExplainer(project.Catalog, project.Store).WhyAsync(second.Steps[1].Run!.Id, TestProject.Token);
        Assert.Equal("check-2 is not check-1 since param:passes of fit-2 changed from 200 to 400.", why.Summary);

        project.Edit("steps/fit line.py", "fertig", "done");
        var third = await project.RunAsync();
        Assert.Equal(["code:steps changed", "same key as check-2"], third.Steps.Select(step => step.Reason));
    }

    [Fact]
    public async Task Run_OfPythonThatRaises_ShowsTheTraceback()
    {
        using var project = new TestProject("project: tiny\nsteps:\n  a: { run: python3 -c 'raise ValueError(\"no such column\")', outputs: [x] }\n");
        var run = await project.FailAsync("a");
        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.EndsWith("ValueError: no such column", run.Error);
    }
}
