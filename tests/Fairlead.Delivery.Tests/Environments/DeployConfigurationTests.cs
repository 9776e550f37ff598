using Fairlead.Delivery.Tests.Fakes;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;

namespace Fairlead.Delivery.Tests.Environments;

public sealed class DeployConfigurationTests : IAsyncDisposable
{
    private readonly World world = new();

    public async ValueTask DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task Deploy_EnvironmentWithValues_TheGroupHasThemAndTheStoreTheDocument()
    {
        await ReleaseAsync(Configured.Model());
        world.SetEnvironments(Configured.Environment("prod", ("threshold", "0.6")));
        await world.DeployAsync();
        var group = await world.GroupAsync("late-prod-v001");
        Assert.Equal("""threshold=0.6 weights={"a":1,"b":2}""", Configured.ValuesOf(group.Service));
        var document = """{"config":{"threshold":0.6,"weights":{"a":1,"b":2}}}""";
        Assert.Equal(Configured.DigestOf(document), group.Configuration);
        Assert.Equal(document, System.Text.Encoding.UTF8.GetString(await world.Store.ReadAsync(group.Configuration, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Configure_OneService_IsAsADeploymentWouldHaveItWhateverOthersAreGiven()
    {
        var release = Configured.Release(1, Configured.Model(), Configured.Command());
        world.SetEnvironments(Configured.Environment("prod", ("late.threshold", "0.6"), ("forgotten", "1")), Configured.Environment("broken", ("late.threshold", "7")));

        var late = await world.Environments.ConfigureAsync(release, release.Services[0], "prod", TestContext.Current.CancellationToken);
        var broken = await Assert.ThrowsAsync<FairleadException>(() => world.Environments.ConfigureAsync(release, release.Services[0], "broken", TestContext.Current.CancellationToken));
        var missing = await Assert.ThrowsAsync<FairleadException>(() => world.Environments.ConfigureAsync(release, release.Services[0], "nowhere", TestContext.Current.CancellationToken));

        Assert.Equal("""threshold=0.6 weights={"a":1,"b":2}""", Configured.ValuesOf(late));
        Assert.Contains("'threshold' of service 'late' in 'broken'", broken.Message, StringComparison.Ordinal);
        Assert.Equal((ProblemKind.Invalid, ProblemKind.NotFound), (broken.Kind, missing.Kind));
    }

    [Fact]
    public async Task Deploy_SameReleaseWithOtherValues_MakesAnotherGroup()
    {
        await ReleaseAsync(Configured.Model());
        world.SetEnvironments(Configured.Environment("prod", ("threshold", "0.6")));
        await world.DeployAsync();
        Assert.False((await world.DeployAsync()).Changed);
        world.SetEnvironments(Configured.Environment("prod", ("threshold", "0.7")));
        Assert.True((await world.DeployAsync()).Changed);
        Assert.Equal("late1:disabled late2:100%", await world.StatusesAsync());
        Assert.Equal("""threshold=0.7 weights={"a":1,"b":2}""", Configured.ValuesOf((await world.GroupAsync("late-prod-v002")).Service));
    }

    [Fact]
    public async Task RollBack_AfterAnotherConfiguration_BringsModelAndValuesBackTogether()
    {
        await ReleaseAsync(Configured.Model());
        world.SetEnvironments(Configured.Environment("prod", ("threshold", "0.6")));
        await world.DeployAsync();
        await ReleaseAsync(Configured.Model(2));
        world.SetEnvironments(Configured.Environment("prod", ("threshold", "0.9")));
        await world.DeployAsync();
        await world.Desk.DestroyAsync(Domain.Deployments.ServerGroupName.Parse("late-prod-v001"), "ada", TestContext.Current.CancellationToken);
        await world.RollBackAsync();
        var back = await world.GroupAsync("late-prod-v003");
        Assert.Equal((new ReleaseName(1), """threshold=0.6 weights={"a":1,"b":2}"""), (back.Release, Configured.ValuesOf(back.Service)));
        Assert.Equal((await world.GroupAsync("late-prod-v001")).Configuration, back.Configuration);
    }

    [Fact]
    public async Task Deploy_BadValues_AreRefusedBeforeAnythingChanges()
    {
        await ReleaseAsync(Configured.Model());
        world.SetEnvironments(Configured.Environment("prod", ("threshold", "6"), ("weight", "{}")));
        var refused = await Assert.ThrowsAsync<FairleadException>(() => world.DeployAsync());
        Assert.Equal(ProblemKind.Invalid, refused.Kind);
        Assert.Equal(2, refused.Message.Split('\n').Length);
        Assert.Empty(await world.Groups.ListAsync("prod", null, TestContext.Current.CancellationToken));
        Assert.Empty(await world.Rollouts.ListAsync(null, 10, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Deploy_ProjectFileBroken_IsRefusedInsteadOfConfiguredAsItWas()
    {
        await ReleaseAsync(Configured.Model());
        world.SetEnvironments(Configured.Environment("prod", ("threshold", "0.6")));
        await world.DeployAsync();
        await ReleaseAsync(Configured.Model(2));
        await world.DeployAsync();
        world.Workspace.Broken = "3:1: 'threshold' in 'config' of environment 'prod' is '7'; use a number from 0 to 1";
        var refused = await Assert.ThrowsAsync<FairleadException>(() => world.DeployAsync());
        Assert.Equal(world.Workspace.Broken, refused.Message);
        await world.RollBackAsync();
        Assert.Equal("late1:100% late2:disabled", await world.StatusesAsync());
    }

    [Fact]
    public async Task Preview_BeforeAnythingChanges_NamesWhatADeploymentWouldChange()
    {
        await ReleaseAsync(Configured.Model());
        world.SetEnvironments(Configured.Environment("prod", ("threshold", "0.6")));
        await world.DeployAsync();
        await ReleaseAsync(Configured.Model(2));
        world.SetEnvironments(Configured.Environment("prod", ("threshold", "0.8"), ("weights", """{"a":5}""")));
        var diff = await world.Environments.PreviewAsync("prod", null, [], TestContext.Current.CancellationToken);
        Assert.Empty(diff.Problems);
        Assert.Equal(
            [
                "late.config.threshold: 0.6 -> 0.8", """late.config.weights: {"a":1,"b":2} -> {"a":5,"b":2}""", "late.release: v001 -> v002", "late.server group: late-prod-v001 -> a new one", "late.serves: late@1 -> late@2",
            ],
            diff.Entries.Select(entry => $"{entry.Key}: {entry.Left} -> {entry.Right}"));
        Assert.Equal("late1:100%", await world.StatusesAsync());
    }

    [Fact]
    public async Task Preview_NothingWouldChange_IsEmpty()
    {
        await ReleaseAsync(Configured.Model());
        await world.DeployAsync();
        Assert.Empty((await world.Environments.PreviewAsync("prod", null, [], TestContext.Current.CancellationToken)).Entries);
    }

    [Fact]
    public async Task Preview_WhatWouldBeRefused_SaysWhy()
    {
        await ReleaseAsync(Configured.Model(1, Configured.Most));
        Assert.Contains("gives no value to the setting 'most'", Assert.Single((await world.Environments.PreviewAsync("prod", null, [], TestContext.Current.CancellationToken)).Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_TwoEnvironments_ShowsWhatIsDeclaredAndWhatRuns()
    {
        await ReleaseAsync(Configured.Model());
        var stage = Configured.Environment("stage") with { Values = [new("keep-previous", Configured.Json("\"2h\""), "stage")] };
        var prod = Configured.Environment("prod", ("threshold", "0.6")) with
        {
            Values = [new("config.threshold", Configured.Json("0.6"), "prod"), new("secrets.DB", Configured.Json("\"secret:db\""), "prod"), new("keep-previous", Configured.Json("\"3h\""), "base")],
        };
        world.SetEnvironments(stage, prod);
        await world.DeployAsync();
        var diff = await world.Environments.DiffAsync("stage", "prod", TestContext.Current.CancellationToken);
        Assert.Equal(
            [
                "settings keep-previous: 2h -> 3h", "config threshold:  -> 0.6", "secrets DB:  -> secret:db", "services late.config.threshold:  -> 0.6", """services late.config.weights:  -> {"a":1,"b":2}""",
                "services late.release:  -> v001", "services late.serves:  -> late@1", "services late.traffic:  -> late-prod-v001",
            ],
            diff.Entries.Select(entry => $"{entry.Section} {entry.Key}: {entry.Left} -> {entry.Right}"));
    }

    private async Task ReleaseAsync(params ReleasedService[] services)
    {
        if (!hasHost)
            world.StartHost();
        hasHost = true;
        await world.Releases.AddAsync(name => Configured.Release(name.Number, services), TestContext.Current.CancellationToken);
    }

    private bool hasHost;
}
