using System.Text;
using Fairlead.Domain.Problems;
using Fairlead.DuckDb;
using Fairlead.Predictions.Query;

namespace Fairlead.Predictions.Tests.Query;

public sealed class CheckedPlansTests : IDisposable
{
    private readonly DuckDbDatabase database = DuckDbDatabase.OpenInMemory();
    private readonly CheckedPlans plans = new();
    private int checks;

    public void Dispose() => database.Dispose();

    [Theory]
    [InlineData("select count(*) from predictions", 1)]
    [InlineData("select * from predictions where time >= '2026-01-01' and origin = $origin", 1)]
    [InlineData("select * from predictions where time > now() - interval '1 hour'", 3)]
    [InlineData("select * from predictions where time > current_date", 3)]
    public void Get_StatementAskedThreeTimes_IsCheckedAgainOnlyWhereItHangsOnTheClock(string sql, int expected)
    {
        var first = Get(sql);
        Get(sql);
        var last = Get(sql);

        Assert.Equal(expected, checks);
        Assert.Equal(first.Tables, last.Tables);
        Assert.Equal(first.Parameters, last.Parameters);
        Assert.Equal(first.Conditions.Count, last.Conditions.Count);
    }

    [Fact]
    public void Get_StatementsThatDifferInOneCharacter_AreTwo()
    {
        Assert.Contains("a", Get("select a.x from a").Tables);
        Assert.Contains("A", Get("select A.x from A").Tables);
        Assert.Equal(2, checks);
    }

    [Fact]
    public void Get_RefusedStatement_IsRefusedEachTime()
    {
        for (var n = 0; n < 2; n++)
            Assert.Throws<FairleadException>(() => Get("select * from read_csv('/etc/passwd')"));
        Assert.Equal(2, checks);
    }

    [Fact]
    public void Get_ManyAndLongStatements_AreNotAllKept()
    {
        var longer = new StringBuilder("select 1").Append(' ', 9000).ToString();
        Get(longer);
        Get(longer);
        Assert.Equal(2, checks);

        for (var n = 0; n < 600; n++)
            Get($"select {n}");
        Get("select 0");
        Assert.Equal(603, checks);
    }

    private ReadPlan Get(string sql) => plans.GetOrCheck(sql, () =>
    {
        checks++;
        using var connection = database.Connect();
        return SqlGuard.Check(connection, sql);
    });
}
