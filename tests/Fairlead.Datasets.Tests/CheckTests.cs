using Fairlead.Domain.Datasets;

namespace Fairlead.Datasets.Tests;

public sealed class CheckTests : IDisposable
{
    private readonly DataFolder folder = new();

    public CheckTests() => folder.Query("data", "select i as id, case when i = 5 then null else i::smallint end as delay, 'line' || chr(10) || i as name from range(100) t(i)");

    [Fact]
    public void Check_WhatHolds_FindsNothing() => Assert.Empty(folder.Check("id >= 0", "count(*) = 100", "count(distinct id) = count(*) -- all of them", "max(delay) < 100 and min(id) = 0"));

    [Fact]
    public void Check_RowsThatDoNotMeetACondition_AreCountedAndShown()
    {
        var failure = Assert.Single(folder.Check("delay < 90"));

        Assert.Equal(("delay < 90", 11L, "11 of 100 rows do not meet it."), (failure.Condition, failure.Rows, failure.Message));
        Assert.Equal(["id", "delay", "name"], failure.Columns);
        Assert.Equal(5, failure.Examples.Count);
        // A value that is missing is not known to meet anything.
        Assert.Equal(["5", null, "line\n5"], failure.Examples[0]);
    }

    [Fact]
    public void Check_AllRowsTogether_SaysWhatItIs()
    {
        Assert.Equal("It is 'false' for the 100 rows together.", Assert.Single(folder.Check("count(*) > 1000")).Message);
        Assert.Equal("It is unknown for the 100 rows together.", Assert.Single(folder.Check("sum(null) > 1")).Message);
    }

    [Theory]
    [InlineData("nothing > 1")]
    [InlineData("delay > 1); drop table data; --")]
    [InlineData("id in (select id from read_csv('/etc/passwd'))")]
    [InlineData("1 +")]
    public void Check_ConditionThatCannotBeComputed_SaysWhyInASentence(string condition)
    {
        var failure = Assert.Single(folder.Check(condition));

        Assert.StartsWith("The condition cannot be computed: ", failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.DoesNotContain("root:", failure.Message);
    }

    [Fact]
    public void Check_Schema_NamesColumnAndType()
    {
        var schema = new Dictionary<string, string> { ["id"] = "bigint", ["delay"] = "integer", ["nam"] = "text", ["name"] = "string", ["day"] = "nonsense" };

        var failures = folder.Ask(new DatasetOrder { Task = DatasetTask.Check, Schema = schema }).Failures!;

        Assert.Equal(["delay: integer", "nam: text", "day: nonsense"], failures.Select(failure => failure.Condition));
        Assert.Equal("The column 'delay' is SMALLINT, not INTEGER.", failures[0].Message);
        Assert.Contains("'name'", failures[1].Message);
    }

    public void Dispose() => folder.Dispose();
}
