using Fairlead.Domain.Canaries;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Projects;

namespace Fairlead.ProjectFile.Tests;

public sealed class AnalysisTests
{
    private const string Start = "project: p\nsteps: { train: { run: x, outputs: [model.onnx] } }\nmodels: { late: { from: train/model.onnx } }\nservices: { late: { model: late } }\nkpis: { ontime: { sql: avg(1) } }\n";

    [Fact]
    public void Read_MetricsAndAnalysis_AreAsWritten()
    {
        var project = Must(
            """
            environments:
              prod: { strategy: canary, each: 15m, analyse: [latency.p99, error.rate, kpi.ontime, output.late, lag, queue_age] }
              mirror: { strategy: shadow, each: 10m, analyse: [paired.latency, paired.output.late] }
            metrics:
              latency.p99: { critical: true, effect-size: { measure: cles, allowed-increase: 0.6, critical-increase: 0.7 } }
              lag:
                prometheus: { url: "http://prometheus:9090", query: "avg(lag{group=\"${group}\"})", step: 30s, key-env: PROMETHEUS_KEY }
                direction: increase
                group: speed
                must-have-data: true
                min-points: 20
                nan: replace
                outliers: 3.5
              queue_age: { sql: "select time, latency_us as value from predictions where server_group = ${group}", muted: true, direction: decrease }
            analysis:
              judge: fairlead
              confidence: 0.99
              tolerance: 0.1
              pass: 80
              marginal: 60
              weights: { speed: 30, errors: 70 }
              interval: 2m
              look-back: 10m
              warm-up: 1m
              step: 10s
              patience: 20m
            alerts:
              bad: { when: error.rate > 5%, rollback: true }
              own: { when: value > 5, sql: select 1, rollback: true, environment: prod }
              still: { when: error.rate > 5% }
            """);

        Assert.Equal((StrategyKind.Canary, 6), (project.Environments[0].Delivery!.Strategy!.Kind, project.Environments[0].Delivery!.Strategy!.Analyse.Count));
        Assert.Equal((TimeSpan.FromMinutes(10), "paired.latency"), (project.Environments[1].Delivery!.Strategy!.Each, project.Environments[1].Delivery!.Strategy!.Analyse[0]));
        Assert.Equal(
            new MetricDefinition { Name = "latency.p99", Critical = true, Effect = new EffectBounds { Measure = EffectMeasure.Cles, AllowedIncrease = 0.6, CriticalIncrease = 0.7 } },
            project.Metrics[0]);
        Assert.Equal(
            new MetricDefinition
            {
                Name = "lag",
                Prometheus = new PrometheusQuery("http://prometheus:9090", "avg(lag{group=\"${group}\"})", TimeSpan.FromSeconds(30), "PROMETHEUS_KEY"),
                Direction = MetricDirection.Increase,
                Group = "speed",
                MustHaveData = true,
                MinPoints = 20,
                Missing = MissingPoints.Replace,
                OutlierFactor = 3.5,
            },
            project.Metrics[1]);
        Assert.Equal((true, true, MetricDirection.Decrease), (project.Metrics[2].IsOwn, project.Metrics[2].Muted, project.Metrics[2].Direction));
        var analysis = project.Analysis!;
        Assert.Equal((0.99, 0.1, 80.0, 60.0, "fairlead"), (analysis.Confidence, analysis.Tolerance, analysis.Pass, analysis.Marginal, analysis.Judge));
        Assert.Equal((2, 10, 1, 20), ((int)analysis.Interval!.Value.TotalMinutes, (int)analysis.LookBack!.Value.TotalMinutes, (int)analysis.WarmUp.TotalMinutes, (int)analysis.Patience.TotalMinutes));
        Assert.Equal((30, 70), (analysis.GroupWeights["speed"], analysis.GroupWeights["errors"]));
        Assert.Equal([true, true, false], project.Alerts.Select(alert => alert.Rollback));
    }

    [Fact]
    public void Read_NothingOfIt_IsAsUsual()
    {
        var project = Must("analysis:\n");

        Assert.Equal((90, 50, TimeSpan.FromMinutes(10)), (project.Analysis!.Pass, project.Analysis.Marginal, project.Analysis.Patience));
        Assert.Null(Must("").Analysis);
        Assert.Empty(project.Metrics);
    }

    [Theory]
    [InlineData("metrics: { own: { direction: increase } }", "has neither 'sql' nor 'prometheus'")]
    [InlineData("metrics: { eror.rate: { critical: true } }", "did you mean 'error.rate'?")]
    [InlineData("metrics: { error.rate: { sql: \"select ${group}\" } }", "is there already; choose another name")]
    [InlineData("metrics: { my.own: { sql: \"select ${group}\" } }", "has a dot in its name")]
    [InlineData("metrics: { own: { sql: \"select ${group}\", prometheus: { url: \"http://p\", query: \"${group}\" } } }", "has both 'sql' and 'prometheus'")]
    [InlineData("metrics: { own: { sql: select 1 } }", "does not say '${group}'")]
    [InlineData("metrics: { own: { sql: \"select ${group} ${groop}\" } }", "did you mean 'group'?")]
    [InlineData("metrics: { own: { prometheus: { url: nowhere, query: \"${group}\" } } }", "http or https")]
    [InlineData("metrics: { own: { sql: \"select ${group}\", critical: maybe } }", "'critical'")]
    [InlineData("metrics: { own: { sql: \"select ${group}\", direction: up } }", "known: decrease, either, increase")]
    [InlineData("metrics: { own: { sql: \"select ${group}\", effect-size: { measure: cohen } } }", "'measure'")]
    [InlineData("analysis: { pass: 40 }", "'marginal' is 50, above 'pass'")]
    [InlineData("analysis: { weights: { a: 60, b: 60 } }", "add up to 120 %")]
    [InlineData("analysis: { interval: 1s, step: 10s }", "'interval' is shorter than 'step'")]
    [InlineData("analysis: { confidence: 1 }", "0.51 to 0.999999")]
    [InlineData("analysis: { treshold: 1 }", "unknown key 'treshold'")]
    [InlineData("environments: { prod: { strategy: canary, analyse: [latency.p999] } }", "metric 'latency.p999', which is not declared")]
    [InlineData("environments: { prod: { strategy: canary, analyse: [kpi.ontme] } }", "did you mean 'ontime'?")]
    [InlineData("environments: { prod: { strategy: rolling, analyse: [error.rate] } }", "'analyse' in environment 'prod' is for the strategy 'canary' or 'shadow'")]
    [InlineData("alerts: { own: { when: value > 1, sql: select 1, rollback: true } }", "its query is about no environment; add 'environment'")]
    [InlineData("environments: { prod: {} }\npipelines: { x: { stages: { c: { canary: prod, analyse: [eror.rate], for: 10m } } } }", "did you mean 'error.rate'?")]
    [InlineData("environments: { prod: {} }\npipelines: { x: { stages: { c: { canary: prod, for: 10m } } } }", "lacks 'analyse'")]
    public void Read_AMistake_IsNamedWithItsCure(string text, string said) =>
        Assert.Contains(said, string.Join('\n', new YamlProjectReader().Read(Start + text + "\n").Problems.Select(problem => problem.Message)), StringComparison.Ordinal);

    private static ProjectDefinition Must(string text)
    {
        var reading = new YamlProjectReader().Read(Start + text + "\n");
        Assert.Empty(reading.Problems);
        return reading.Project!;
    }
}
