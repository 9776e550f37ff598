using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;

namespace Fairlead.Catalog.Tests.Conformance;

public abstract class ServerGroupConformance : CatalogConformance
{
    [Fact]
    public async Task Add_NumbersEachServiceInEachEnvironment()
    {
        var added = await Catalog.ServerGroups.AddAsync(
            [("late", "prod", Sample.Group), ("late", "stage", Sample.Group), ("late", "prod", Sample.Group), ("early", "prod", Sample.Group)], Cancellation);
        Assert.Equal(["late-prod-v001", "late-stage-v001", "late-prod-v002", "early-prod-v001"], added.Select(g => g.Name.ToString()));
    }

    [Fact]
    public async Task Add_WhenOneOfSeveralFails_RecordsNone()
    {
        await Assert.ThrowsAsync<FormatException>(() => Catalog.ServerGroups.AddAsync(
            [("late", "prod", Sample.Group), ("late", "stage", _ => throw new FormatException("no"))], Cancellation));
        Assert.Empty(await Catalog.ServerGroups.ListAsync(null, null, Cancellation));
        Assert.Equal(1, (await Add("late", "prod")).Name.Number);
    }

    [Fact]
    public async Task FindAndList_AfterRestart_GiveEveryMember()
    {
        await Add("late", "prod");
        await Add("late", "stage");
        await Add("early", "prod");
        await Catalog.ReopenAsync();
        var name = new ServerGroupName("late", "prod", 1);
        Assert.Equal(Sample.Json(Sample.Group(name)), Sample.Json(await Catalog.ServerGroups.FindAsync(name, Cancellation)));
        Assert.Null(await Catalog.ServerGroups.FindAsync(new ServerGroupName("late", "prod", 2), Cancellation));
        Assert.Equal(["early-prod-v001", "late-stage-v001", "late-prod-v001"], await Names(null, null));
        Assert.Equal(["early-prod-v001", "late-prod-v001"], await Names("prod", null));
        Assert.Equal(["late-stage-v001", "late-prod-v001"], await Names(null, "late"));
        Assert.Equal(["late-prod-v001"], await Names("prod", "late"));
    }

    [Fact]
    public async Task Update_ChangesRecordsAndPublishesWhatFollows()
    {
        Assert.Null(await Catalog.ServerGroups.FindDesiredStateAsync(Cancellation));
        var old = await Add("late", "prod");
        var fresh = await Add("late", "prod");
        var gone = await Add("late", "prod");

        var empty = await Catalog.ServerGroups.UpdateAsync([], Sample.State, Cancellation);
        Assert.Equal(1, empty.Version);
        Assert.Equal(3, empty.ServerGroups.Count);

        var state = await Catalog.ServerGroups.UpdateAsync(
            [old with { Status = ServerGroupStatus.Disabled }, fresh with { Status = ServerGroupStatus.Enabled, Weight = Weight.All, EnabledAt = Sample.Time }, gone with { Status = ServerGroupStatus.Destroyed }],
            Sample.State,
            Cancellation);
        await Catalog.ReopenAsync();

        Assert.Equal(2, state.Version);
        Assert.Equal([(old.Name, 0), (fresh.Name, Weight.Whole)], state.ServerGroups.Select(g => (g.Name, g.Weight.Hundredths)));
        Assert.Equal(Sample.Json(state), Sample.Json(await Catalog.ServerGroups.FindDesiredStateAsync(Cancellation)));
        Assert.Equal(ServerGroupStatus.Enabled, (await Catalog.ServerGroups.FindAsync(fresh.Name, Cancellation))!.Status);
        Assert.Equal(ServerGroupStatus.Destroyed, (await Catalog.ServerGroups.FindAsync(gone.Name, Cancellation))!.Status);
        Assert.Equal(4, (await Add("late", "prod")).Name.Number);
    }

    [Fact]
    public async Task Update_ThatFails_ChangesNothing()
    {
        var group = await Add("late", "prod");
        var before = await Catalog.ServerGroups.UpdateAsync([], Sample.State, Cancellation);
        var changed = group with { Status = ServerGroupStatus.Enabled, Weight = Weight.All };

        await Assert.ThrowsAsync<FormatException>(() => Catalog.ServerGroups.UpdateAsync([changed], (_, _) => throw new FormatException("no"), Cancellation));
        var problem = await Assert.ThrowsAsync<FairleadException>(() =>
            Catalog.ServerGroups.UpdateAsync([changed, Sample.Group(new ServerGroupName("none", "prod", 1))], Sample.State, Cancellation));

        Assert.Equal(ProblemKind.NotFound, problem.Kind);
        Assert.Contains("none-prod-v001", problem.Message);
        Assert.Equal(Sample.Json(group), Sample.Json(await Catalog.ServerGroups.FindAsync(group.Name, Cancellation)));
        Assert.Equal(Sample.Json(before), Sample.Json(await Catalog.ServerGroups.FindDesiredStateAsync(Cancellation)));
        Assert.Equal(2, (await Catalog.ServerGroups.UpdateAsync([], Sample.State, Cancellation)).Version);
    }

    [Fact]
    public async Task Update_EightWriters_GivesEveryVersionOnce()
    {
        var states = await EightWriters(20, async (writer, _) =>
        {
            var group = await Add("late", $"env{writer}");
            return await Catalog.ServerGroups.UpdateAsync([group with { Status = ServerGroupStatus.Enabled }], Sample.State, Cancellation);
        });
        Assert.Equal(Enumerable.Range(1, 160).Select(i => (long)i), states.Select(s => s.Version).Order());
        Assert.Equal(160, (await Catalog.ServerGroups.FindDesiredStateAsync(Cancellation))!.Version);
    }

    private async Task<ServerGroup> Add(string service, string environment) =>
        (await Catalog.ServerGroups.AddAsync([(service, environment, Sample.Group)], Cancellation)).Single();

    private async Task<IEnumerable<string>> Names(string? environment, string? service) =>
        (await Catalog.ServerGroups.ListAsync(environment, service, Cancellation)).Select(g => g.Name.ToString());
}
