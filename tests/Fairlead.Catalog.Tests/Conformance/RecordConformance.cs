using Fairlead.Domain.Problems;
using Fairlead.Domain.Records;

namespace Fairlead.Catalog.Tests.Conformance;

public abstract class RecordConformance : CatalogConformance
{
    private static readonly DateTimeOffset Start = new(2001, 2, 3, 4, 5, 6, 789, TimeSpan.Zero);

    [Fact]
    public async Task Add_FindAfterRestart_GivesEveryMember()
    {
        await AddAsync("late", 0);
        var second = await AddAsync("late", 1);
        await AddAsync("other", 2);
        await Catalog.ReopenAsync();
        Assert.Equal(second, await Catalog.Records.FindAsync(RecordKind.Replay, 2, Cancellation));
        Assert.Equal(second, await Catalog.Records.FindLatestAsync(RecordKind.Replay, "late", Cancellation));
        Assert.Null(await Catalog.Records.FindAsync(RecordKind.Drift, 2, Cancellation));
        Assert.Null(await Catalog.Records.FindLatestAsync(RecordKind.Replay, "none", Cancellation));
    }

    [Fact]
    public async Task List_Filters_NewestFirst()
    {
        for (var i = 0; i < 6; i++)
            await AddAsync(i % 2 == 0 ? "even" : "odd", i, i < 3 ? "done" : "running");
        Assert.Equal<int>([6, 5], await NumbersAsync(new RecordFilter { Limit = 2 }));
        Assert.Equal<int>([5, 3, 1], await NumbersAsync(new RecordFilter { Name = "even" }));
        Assert.Equal<int>([3, 1], await NumbersAsync(new RecordFilter { Name = "even", Status = "done" }));
        Assert.Equal<int>([6, 5, 4], await NumbersAsync(new RecordFilter { Since = Start.AddHours(3) }));
    }

    [Fact]
    public async Task Update_Replaces_AndRefusesWhatIsNotThere()
    {
        var record = await AddAsync("late", 0, "running");
        await Catalog.Records.UpdateAsync(RecordKind.Replay, record.Number, "done", "{}", Cancellation);
        Assert.Equal(record with { Status = "done", Document = "{}" }, await Catalog.Records.FindAsync(RecordKind.Replay, record.Number, Cancellation));
        var refused = await Assert.ThrowsAsync<FairleadException>(() => Catalog.Records.UpdateAsync(RecordKind.Drift, record.Number, "done", "{}", Cancellation));
        Assert.Equal(ProblemKind.NotFound, refused.Kind);
    }

    [Fact]
    public async Task Remove_GivesNoNumberTwice()
    {
        for (var i = 0; i < 3; i++)
            await AddAsync(i == 1 ? "b" : "a", i);
        Assert.Equal(1, await Catalog.Records.RemoveAsync(RecordKind.Replay, "b", Start.AddDays(1), Cancellation));
        Assert.Equal(1, await Catalog.Records.RemoveAsync(RecordKind.Replay, null, Start.AddHours(1), Cancellation));
        Assert.Equal(1, await Catalog.Records.RemoveAsync(RecordKind.Replay, null, Start.AddDays(1), Cancellation));
        await Catalog.ReopenAsync();
        Assert.Equal(4, (await AddAsync("a", 3)).Number);
    }

    [Fact]
    public async Task Add_ByEightWriters_NumbersEachOnce()
    {
        var records = await EightWriters(20, (writer, _) => AddAsync($"w{writer}", 0));
        Assert.Equal(Enumerable.Range(1, 160), records.Select(record => record.Number).Order());
    }

    private async Task<List<int>> NumbersAsync(RecordFilter filter) =>
        [.. (await Catalog.Records.ListAsync(RecordKind.Replay, filter, Cancellation)).Select(record => record.Number)];

    private Task<CatalogRecord> AddAsync(string name, int hour, string status = "done") =>
        Catalog.Records.AddAsync(RecordKind.Replay, name, status, Start.AddHours(hour), number => $$"""{"number":{{number}}}""", Cancellation);
}
