using Fairlead.Domain.Projects;
using Fairlead.Domain.Scheduling;

namespace Fairlead.Domain.Tests.Scheduling;

public sealed class DeployGateTests
{
    private readonly EditedWorkspace workspace = new();
    private readonly DeployGate gate;

    public DeployGateTests() => gate = new DeployGate(workspace, TimeProvider.System);

    [Fact]
    public async Task Closure_OfAFrozenEnvironment_SaysWhyAndUntilWhen()
    {
        var freeze = Frozen();
        var closure = await FindAsync("prod");
        Assert.StartsWith("'prod' is frozen by 'quiet' (Holidays). It opens at ", closure!.Reason, StringComparison.Ordinal);
        Assert.Equal(freeze.Until, closure.Until);
        Assert.Null(await FindAsync("stage"));
        Assert.Null(await FindAsync("nobody_knows_it"));
    }

    [Fact]
    public async Task Closure_FileWithAMistake_IsAsItWasReadLast()
    {
        Frozen();
        await FindAsync("prod");
        workspace.Project = null;
        Assert.NotNull(await FindAsync("prod"));
        Assert.Null(await FindAsync("stage"));
    }

    [Fact]
    public async Task Closure_FileThatWasNeverRead_IsClosedForAMinute()
    {
        var closure = await FindAsync("stage");
        Assert.Equal("The project file, which says when 'stage' may change, cannot be read: 3:1: unknown key 'x'", closure!.Reason);
        Assert.InRange(closure.Until!.Value, TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow().AddMinutes(1));
        Assert.Null(await gate.FindClosingAsync("stage", TestContext.Current.CancellationToken));
    }

    private Freeze Frozen()
    {
        var now = TimeProvider.System.GetUtcNow();
        var freeze = new Freeze("quiet", now.AddDays(-1), now.AddDays(1), "Holidays");
        workspace.Project = new ProjectDefinition { Name = "sample", Environments = [new EnvironmentDefinition("stage"), new EnvironmentDefinition("prod") { Calendar = new DeployCalendar([], [freeze]) }] };
        return freeze;
    }

    private Task<DeployClosure?> FindAsync(string environment) => gate.FindClosureAsync(environment, TestContext.Current.CancellationToken);
}
