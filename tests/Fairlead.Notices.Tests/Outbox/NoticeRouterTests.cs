using Fairlead.Domain.Notices;
using Fairlead.Domain.Projects;
using Fairlead.Notices.Outbox;

namespace Fairlead.Notices.Tests.Outbox;

public sealed class NoticeRouterTests
{
    private static readonly ChannelDefinition[] Channels = [new TeamsDefinition { Name = "team", Url = "env:A" }, new TeamsDefinition { Name = "ops", Url = "env:B" }];

    private static readonly NoticeDraft Draft = new()
    {
        Key = "k", Event = NoticeEvents.RolloutFailed, Subject = "rollout/1", At = default, Title = "t", Fields = new Dictionary<string, string>(), Environments = ["prod"], Pipeline = "ship", Stage = "go",
    };

    [Fact]
    public void Route_WithoutNotify_IsNobody() => Assert.Empty(NoticeRouter.Route(null, Draft));

    [Fact]
    public void Route_WithoutRules_TellsEveryChannelOfWhatIsUsual()
    {
        var notify = new NotifyDefinition { Channels = Channels };

        Assert.Equal([("team", "{{ message }}"), ("ops", "{{ message }}")], NoticeRouter.Route(notify, Draft));
        Assert.Empty(NoticeRouter.Route(notify, Draft with { Event = NoticeEvents.RolloutStep }));
    }

    [Theory]
    [InlineData("rollout.failed", null, null, null, true)]
    [InlineData("rollout.*", null, null, null, true)]
    [InlineData("execution.*", null, null, null, false)]
    [InlineData("rollout.*", "prod", null, null, true)]
    [InlineData("rollout.*", "stage", null, null, false)]
    [InlineData("rollout.*", null, "ship", null, true)]
    [InlineData("rollout.*", null, "other", null, false)]
    [InlineData("rollout.*", null, "ship", "go", true)]
    [InlineData("rollout.*", null, "ship", "stop", false)]
    public void Route_ByARule_HoldsAllThatItSays(string on, string? environment, string? pipeline, string? stage, bool isTold)
    {
        var rule = new NoticeRule { On = [on], Environments = List(environment), Pipelines = List(pipeline), Stages = List(stage), To = ["ops"], Template = "x" };

        var routes = NoticeRouter.Route(new NotifyDefinition { Channels = Channels, Rules = [rule] }, Draft);

        Assert.Equal(isTold ? [("ops", "x")] : [], routes);
    }

    [Fact]
    public void Route_OfSeveralRules_TheFirstThatFitsSaysWhatAChannelIsTold()
    {
        NoticeRule[] rules = [new() { On = ["rollout.failed"], To = ["ops"], Template = "first" }, new() { On = ["rollout.*"], To = ["ops", "team", "gone"], Template = "second" }];

        Assert.Equal([("ops", "first"), ("team", "second")], NoticeRouter.Route(new NotifyDefinition { Channels = Channels, Rules = rules }, Draft));
    }

    [Fact]
    public void Route_OfAMessageToAChannel_GoesThereAlone() =>
        Assert.Equal([("team", "{{ message }}")], NoticeRouter.Route(new NotifyDefinition { Channels = Channels, Rules = [new NoticeRule { On = ["rollout.*"], To = ["ops"] }] }, Draft with { To = ["team"] }));

    private static IReadOnlyList<string> List(string? item) => item is null ? [] : [item];
}
