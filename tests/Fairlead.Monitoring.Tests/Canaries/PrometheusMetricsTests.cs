using System.Net;
using System.Text;
using Fairlead.Domain.Canaries;
using Fairlead.Domain.Projects;
using Fairlead.Monitoring.Canaries;
using Fairlead.Statistics.Canary;

namespace Fairlead.Monitoring.Tests.Canaries;

public sealed class PrometheusMetricsTests : IAsyncDisposable
{
    private readonly CanaryBench bench = new();

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    [Fact]
    public async Task Judge_AnAnswerForEachSide_IsJudgedByItsSteps()
    {
        using var server = new AnsweringServer(form => (200, Matrix(60, i => form["query"].Contains("v002", StringComparison.Ordinal) ? 200 + (i % 7) : 100 + (i % 7))));
        Define(server, "avg(lag{group=\"${group}\",service=\"${service}\",environment=\"${environment}\"})");

        var metric = await JudgeAsync();

        Assert.Equal((CanaryClassification.High, 60, 60), (metric.Classification, metric.Control.Points, metric.Experiment.Points));
        Assert.Equal(["avg(lag{group=\"late-prod-v001\",service=\"late\",environment=\"prod\"})", "avg(lag{group=\"late-prod-v002\",service=\"late\",environment=\"prod\"})"], server.Forms.Select(form => form["query"]));
        Assert.All(server.Forms, form => Assert.Equal(("1793620810", "1793621400", "10"), (form["start"], form["end"], form["step"])));
        Assert.All(server.Authorizations, header => Assert.Equal("Bearer s3cret", header));
    }

    [Theory]
    [InlineData(200, "", "no Prometheus")]
    [InlineData(200, "nonsense", "no Prometheus")]
    [InlineData(200, "[]", "no Prometheus")]
    [InlineData(200, "{\"status\":\"success\",\"data\":null}", "no Prometheus")]
    [InlineData(200, "{\"data\":{\"result\":[{}]}}", "no Prometheus")]
    [InlineData(200, "{\"data\":{\"result\":[{\"values\":[[1,2]]}]}}", "no Prometheus")]
    [InlineData(200, "{\"data\":{\"result\":[{\"values\":[[1]]}]}}", "no Prometheus")]
    [InlineData(200, "{\"data\":{\"result\":[{\"values\":[[1,\"x\"]]}]}}", "no Prometheus")]
    [InlineData(200, "{\"data\":{\"result\":[{\"values\":[null]}]}}", "no Prometheus")]
    [InlineData(200, "{\"data\":{\"result\":[{\"values\":[]},{\"values\":[]}]}}", "2 series")]
    [InlineData(200, "{\"status\":\"error\",\"error\":\"parse\\nerror\"}", "with an error: parse error")]
    [InlineData(400, "{\"status\":\"error\",\"error\":\"unknown function\"}", "answered 400: unknown function")]
    [InlineData(404, "<html>", "answered 404")]
    [InlineData(302, "", "answered 302")]
    [InlineData(503, "{\"error\":\"too busy\"}", "answered 503: too busy")]
    public async Task Judge_AHostileAnswer_IsAnErrorOfTheMetric(int status, string body, string said)
    {
        using var server = new AnsweringServer(_ => (status, Encoding.UTF8.GetBytes(body)));
        Define(server);

        var metric = await JudgeAsync();

        Assert.Equal(CanaryClassification.Error, metric.Classification);
        Assert.Contains(said, metric.Reason, StringComparison.Ordinal);
        // What passes is asked for again.
        Assert.Equal(status == 503 ? 3 : 1, server.Forms.Count);
    }

    [Fact]
    public async Task Judge_AnAnswerWithoutEnd_IsCutOff()
    {
        using var server = new AnsweringServer(_ => (200, new byte[9 << 20]));
        Define(server);

        Assert.Contains("more than 8 MiB", (await JudgeAsync()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Judge_DeepNesting_IsRefused()
    {
        using var server = new AnsweringServer(_ => (200, Encoding.UTF8.GetBytes(new string('[', 200_000))));
        Define(server);

        Assert.Equal(CanaryClassification.Error, (await JudgeAsync()).Classification);
    }

    [Fact]
    public async Task Judge_ValuesOutOfPlace_AreLeftOut()
    {
        // Twice the same time, out of order, long before and after, and none of them a number.
        using var server = new AnsweringServer(_ => (200, """{"data":{"result":[{"values":[[1793621400,"2"],[1793620810,"1"],[1793620810,"3"],[-1e300,"9"],[1e300,"9"],[1793620820,"NaN"]]}]}}"""u8.ToArray()));
        Define(server);

        var metric = await JudgeAsync();

        Assert.Equal((CanaryClassification.Nodata, 2, 3.0, 2.0), (metric.Classification, metric.Control.Points, metric.Control.Most, metric.Control.Least));
    }

    [Fact]
    public async Task Judge_AnInfiniteValue_IsAnError()
    {
        using var server = new AnsweringServer(_ => (200, Matrix(60, i => i == 3 ? double.PositiveInfinity : i)));
        Define(server);

        Assert.Equal(CanaryClassification.Error, (await JudgeAsync()).Classification);
    }

    [Fact]
    public async Task Judge_NobodyAnswers_IsAnError()
    {
        using var server = new AnsweringServer(_ => (200, []));
        Define(server);
        server.Dispose();

        Assert.Contains("does not answer", (await JudgeAsync()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Judge_AKeyThatIsNotSet_IsSaid()
    {
        using var server = new AnsweringServer(_ => (200, []));
        bench.Project = new ProjectDefinition { Name = "p", Metrics = [new MetricDefinition { Name = "lag", Prometheus = new PrometheusQuery(server.Url, "${group}", KeyEnv: "NOT_SET") }] };

        Assert.Contains("'NOT_SET'", (await JudgeAsync()).Reason, StringComparison.Ordinal);
        Assert.Empty(server.Forms);
    }

    private static byte[] Matrix(int points, Func<int, double> value) => Encoding.UTF8.GetBytes(
        "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[{\"metric\":{},\"values\":["
        + string.Join(',', Enumerable.Range(1, points).Select(i => FormattableString.Invariant($"[{1793620800 + (10 * i)},\"{(double.IsInfinity(value(i)) ? "+Inf" : value(i))}\"]"))) + "]}]}}");

    private void Define(AnsweringServer server, string query = "avg(lag{group=\"${group}\"})") =>
        bench.Project = new ProjectDefinition { Name = "p", Metrics = [new MetricDefinition { Name = "lag", Prometheus = new PrometheusQuery(server.Url, query, KeyEnv: "PROMETHEUS_KEY"), Direction = MetricDirection.Increase }] };

    private async Task<CanaryMetricVerdict> JudgeAsync() => (await bench.JudgeAsync("lag")).Verdict.Metrics.Single();
}
