using System.Text.Json;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Pipelines.Triggers;
using Fairlead.Domain.Problems;

namespace Fairlead.Catalog.Tests.Conformance;

public abstract class TriggerConformance : CatalogConformance
{
    private const string Name = "release/git";
    private static readonly DateTimeOffset Start = new(2026, 2, 3, 4, 5, 6, 789, TimeSpan.Zero);

    [Fact]
    public async Task See_FindAfterRestart_GivesCursorAndFiringsInOrder()
    {
        var memory = new TriggerMemory(Name) { Source = "main", Cursor = "7", Error = "It is down.", FailingSince = Start };
        var added = await Catalog.Triggers.SeeAsync(memory, [Order("b"), Order("a")], Cancellation);
        Assert.Equal(["b", "a"], added.Select(firing => firing.Order.Key));
        await Catalog.ReopenAsync();
        Assert.Equal(memory, Assert.Single(await Catalog.Triggers.ListAsync(Cancellation)));
        var pending = await Catalog.Triggers.ListPendingAsync(10, Cancellation);
        Assert.Equal(["b", "a"], pending.Select(firing => firing.Order.Key));
        Assert.Equal("""{"x":1}""", pending[0].Order.Data.GetRawText());
        Assert.Equal(Order("b").Cause, pending[0].Order.Cause);
        Assert.Equal(["a", "b"], (await Catalog.Triggers.ListFiringsAsync(Name, 10, Cancellation)).Select(firing => firing.Order.Key));
        Assert.Equal("a", (await Catalog.Triggers.FindFiringAsync(pending[1].Number, Cancellation)).Order.Key);
    }

    [Fact]
    public async Task See_KnownKey_IsLeftOutForItsTriggerAlone()
    {
        await Catalog.Triggers.SeeAsync(new TriggerMemory(Name), [Order("a")], Cancellation);
        Assert.Equal(["b"], (await Catalog.Triggers.SeeAsync(new TriggerMemory(Name), [Order("a"), Order("b"), Order("b")], Cancellation)).Select(firing => firing.Order.Key));
        Assert.Single(await Catalog.Triggers.SeeAsync(new TriggerMemory("other/git"), [Order("a") with { Trigger = "other/git" }], Cancellation));
        var all = await EightWriters(20, (_, i) => Catalog.Triggers.SeeAsync(new TriggerMemory(Name), [Order($"many {i}")], Cancellation));
        Assert.Equal(20, all.Sum(added => added.Count));
    }

    [Fact]
    public async Task Settle_PendingFiring_IsSettledOnce()
    {
        var firing = (await Catalog.Triggers.SeeAsync(new TriggerMemory(Name), [Order("a")], Cancellation))[0];
        await Catalog.Triggers.SettleAsync(firing.Number, FiringStatus.Started, 7, null, Cancellation);
        await Catalog.Triggers.SettleAsync(firing.Number, FiringStatus.Failed, null, "Late.", Cancellation);
        var found = await Catalog.Triggers.FindFiringAsync(firing.Number, Cancellation);
        Assert.Equal((FiringStatus.Started, 7, null), (found.Status, found.Execution, found.Reason));
        Assert.Empty(await Catalog.Triggers.ListPendingAsync(10, Cancellation));
        Assert.Equal(ProblemKind.NotFound, (await Assert.ThrowsAsync<FairleadException>(() => Catalog.Triggers.FindFiringAsync(99, Cancellation))).Kind);
    }

    [Fact]
    public async Task Pause_Trigger_SkipsWhatItSeesAndKeepsItsCursor()
    {
        await Catalog.Triggers.SeeAsync(new TriggerMemory(Name) { Cursor = "1" }, [], Cancellation);
        await Catalog.Triggers.SetPausedAsync(Name, "ann", Start, Cancellation);
        Assert.Equal((FiringStatus.Skipped, "The trigger was paused by ann."), (await Catalog.Triggers.SeeAsync(new TriggerMemory(Name) { Cursor = "2" }, [Order("a")], Cancellation)).Select(firing => (firing.Status, firing.Reason)).Single());
        Assert.Equal(("2", "ann", Start), (await Catalog.Triggers.ListAsync(Cancellation)).Select(memory => (memory.Cursor, memory.PausedBy, memory.PausedAt!.Value)).Single());
        await Catalog.Triggers.SetPausedAsync(Name, null, Start, Cancellation);
        Assert.Equal(FiringStatus.Pending, (await Catalog.Triggers.SeeAsync(new TriggerMemory(Name), [Order("b")], Cancellation))[0].Status);
        // One that was never looked at can be paused as well.
        await Catalog.Triggers.SetPausedAsync("new/cron", "ann", Start, Cancellation);
        Assert.Contains(await Catalog.Triggers.ListAsync(Cancellation), memory => memory is { Name: "new/cron", Cursor: null, PausedBy: "ann" });
    }

    [Fact]
    public async Task Deliveries_Known_AreToldUntilTheyAreRemoved()
    {
        Assert.True(await Catalog.Triggers.TryAddDeliveryAsync(Name, "d", Start, Cancellation));
        Assert.False(await Catalog.Triggers.TryAddDeliveryAsync(Name, "d", Start, Cancellation));
        Assert.True(await Catalog.Triggers.TryAddDeliveryAsync("other/git", "d", Start.AddHours(1), Cancellation));
        var added = await Catalog.Triggers.SeeAsync(new TriggerMemory(Name), [Order("done"), Order("pending")], Cancellation);
        await Catalog.Triggers.SettleAsync(added[0].Number, FiringStatus.Failed, null, "Wrong.", Cancellation);
        Assert.Equal(2, await Catalog.Triggers.RemoveAsync(Start.AddMinutes(1), Cancellation));
        Assert.True(await Catalog.Triggers.TryAddDeliveryAsync(Name, "d", Start, Cancellation));
        Assert.Equal("pending", Assert.Single(await Catalog.Triggers.ListFiringsAsync(Name, 10, Cancellation)).Order.Key);
    }

    private static FiringOrder Order(string key) => new()
    {
        Trigger = Name,
        Key = key,
        Pipeline = "release",
        At = Start,
        Cause = new ExecutionCause("git", "ann", "main") { Trigger = Name, Commit = "c", Ref = "main", Message = "m", Author = "ann", Link = "https://x" },
        Commit = "c",
        Data = JsonDocument.Parse("""{"x":1}""").RootElement,
        When = "true",
    };
}
