using Fairlead.Domain.Problems;
using Fairlead.DuckDb;
using Fairlead.Predictions.Analysis;
using Fairlead.Predictions.Tests.Compaction;

namespace Fairlead.Predictions.Tests.Query.Workers;

/// <summary>Expressions of users within statements of this program.</summary>
[Collection(AloneCollection.Name)]
public sealed class ExpressionSessionTests : IDisposable
{
    private readonly Workbench bench = new(workers: WorkerCommand.Options with { Memory = 128L << 20 });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Connection_AfterAnExpressionThatTookAll_AnswersTheNext()
    {
        bench.AppendFlight(Workbench.Flights(), "SFO", 8, 0.5f);
        using var session = await new PredictionAnalysis(bench.Store, bench.Folder).OpenExpressionsAsync(Token);
        // One value that is computed in one go, which only the end of the process stops.
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        Assert.ThrowsAny<OperationCanceledException>(() => session.Connection.Scalar("select levenshtein(repeat('ab', 60000), repeat('ba', 60000))", limit.Token));
        Assert.Equal(1L, session.Connection.Scalar("select count(*) from predictions", Token));
        var error = Assert.ThrowsAny<Exception>(() => session.Connection.Scalar("select len(repeat(repeat(repeat('x', 10000), 10000), 10000))", Token));
        Assert.True(error is DuckDbException or FairleadException { Kind: ProblemKind.Exhausted }, $"{error}");
        Assert.Equal(1L, session.Connection.Scalar("select count(*) from scored", Token));
    }

    [Fact]
    public async Task Connection_TablesOfItsOwn_AreThereAndNotForExpressions()
    {
        bench.AppendFlight(Workbench.Flights(), "SFO", 8, 0.5f);
        using var session = await new PredictionAnalysis(bench.Store, bench.Folder).OpenExpressionsAsync(Token);
        session.Connection.Execute("create temp table own as select unit, count(*) as n from predictions group by 1; update own set n = n + 1", Token);
        Assert.Equal(2L, session.Connection.Scalar("select n from own where n > $1", Token, 1));
        session.CheckExpression("avg(output.late) + (select count(*) from outcomes)");
        Assert.Contains("'own'", Assert.Throws<FairleadException>(() => session.CheckExpression("(select max(n) from own)")).Message);
        Assert.Equal(ProblemKind.Invalid, Assert.Throws<FairleadException>(() => session.CheckExpression("(from read_text('/etc/passwd'))")).Kind);
        Assert.ThrowsAny<DuckDbException>(() => session.Connection.Scalar("select count(*) from read_text('/etc/passwd')", Token));
        using var other = await new PredictionAnalysis(bench.Store, bench.Folder).OpenExpressionsAsync(Token);
        Assert.ThrowsAny<DuckDbException>(() => other.Connection.Scalar("select count(*) from own", Token));
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("1.5::decimal(9,2)", true)]
    [InlineData("true", true)]
    [InlineData("'nan'::float", true)]
    [InlineData("'1'", false)]
    [InlineData("[1]", false)]
    [InlineData("[1.5]", false)]
    [InlineData("date '2001-02-03'", false)]
    public async Task Columns_OfNumbers_AreToldFromOthers(string expression, bool isNumber)
    {
        using var session = await new PredictionAnalysis(bench.Store, bench.Folder).OpenExpressionsAsync(Token);
        using var rows = session.Connection.Query($"select {expression}", Token);
        Assert.Equal(isNumber, Assert.Single(rows.Columns).IsNumber);
    }
}
