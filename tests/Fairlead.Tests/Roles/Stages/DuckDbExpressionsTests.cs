using System.Diagnostics;
using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Predictions.Query.Workers;
using Fairlead.Roles.Stages;
using Fairlead.Tests.Running;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Tests.Roles.Stages;

public sealed class DuckDbExpressionsTests : IDisposable
{
    private static readonly JsonElement Data = JsonElement.Parse("""{"inputs":{"share":0.4,"names":["a","b"]},"text":"late","good":true}""");
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fairlead-expressions-");
    private readonly QueryWorkers workers;
    private readonly ExpressionWorker worker;
    private readonly DuckDbExpressions expressions;

    public DuckDbExpressionsTests()
    {
        var options = new QueryWorkerOptions { Command = ["dotnet", Cli.Program, "query-worker"], Memory = QueryWorkerOptions.LeastMemory };
        workers = new QueryWorkers(new StateFolder(folder.FullName), options, TimeProvider.System, NullLogger<QueryWorkers>.Instance);
        worker = new ExpressionWorker(workers);
        expressions = new DuckDbExpressions(worker, TimeProvider.System, TimeSpan.FromSeconds(2));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        worker.Dispose();
        workers.Dispose();
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("inputs.share > 0.3 and good", true)]
    [InlineData("list_contains(inputs.names, 'b') and upper(text) = 'LATE'", true)]
    [InlineData("(select count(*) from range(10)) = 11", false)]
    [InlineData("inputs.share", true)]
    public async Task Evaluate_HereOrInAProcess_GivesTheSame(string expression, bool expected)
    {
        Assert.Equal(expected, await expressions.EvaluateAsync(expression, Data, Token));
        Assert.Equal(new[] { expected, expected }, await expressions.EvaluateManyAsync(expression, [Data, Data], Token));
    }

    [Fact]
    public async Task Compute_AValue_IsJson()
    {
        Assert.Equal("late!", (await expressions.ComputeAsync("text || '!'", Data, Token))!.Value.GetString());
        Assert.Equal(0.4, (await expressions.ComputeAsync("inputs.share", Data, Token))!.Value.GetDouble());
        Assert.Null(await expressions.ComputeAsync("null", Data, Token));
    }

    [Theory]
    [InlineData("1) from range(9); drop table x; select (1")]
    [InlineData("(select count(*) from read_text('/etc/passwd')) > 0")]
    [InlineData("getenv('HOME') = ''")]
    [InlineData("nothing = 1")]
    [InlineData("list_sum(nothing) = 1")]
    public async Task Evaluate_WhatMayNotBe_IsRefused(string expression) =>
        Assert.Equal(ProblemKind.Invalid, (await Assert.ThrowsAsync<FairleadException>(() => expressions.EvaluateAsync(expression, Data, Token))).Kind);

    [Fact]
    public async Task Evaluate_WhatTakesAllTimeOrMemory_EndsAloneAndSaysSo()
    {
        var chain = string.Concat(Enumerable.Range(1, 40).Select(i => $", s{i} as (select s || s as s from s{i - 1})"));
        (string Expression, string Message)[] bombs =
        [
            ($"(with s0 as (select '0123456789' as s){chain} select len(s) from s40) > 0", "takes more memory than it may"),
            ("(select count(*) from range(10000000) a, range(10000000) b where hash(a.range, b.range) = 1) > 0", "takes longer than 2 s"),
            ("len(list_transform(range(1000000000), lambda x: x::varchar || 'some more text')) > 0", "takes"),
        ];
        using var self = Process.GetCurrentProcess();
        var before = self.WorkingSet64;

        foreach (var (expression, message) in bombs)
        {
            var watch = Stopwatch.StartNew();
            var problem = await Assert.ThrowsAsync<FairleadException>(() => expressions.EvaluateAsync(expression, Data, Token));
            Assert.Equal(ProblemKind.Invalid, problem.Kind);
            Assert.Contains(message, problem.Message, StringComparison.Ordinal);
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"{watch.Elapsed}");
        }

        self.Refresh();
        Assert.InRange(self.WorkingSet64, 0, before + (200L << 20));
        Assert.True(await expressions.EvaluateAsync("upper(text) = 'LATE'", Data, Token));
    }
}
