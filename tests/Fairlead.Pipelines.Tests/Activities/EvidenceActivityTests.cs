using System.Text.Json;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Problems;
using Fairlead.Pipelines.Activities;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Pipelines.Tests.Activities;

public sealed class EvidenceActivityTests
{
    [Fact]
    public async Task Evidence_SourcesThatFail_SayThatTheyAreMissing_AndTheOthersAreThere()
    {
        var outcome = await RunAsync(
            new FakeEvidence("Good", _ => [new EvidenceSection("Good", Sample.Json("""[{"a":1}]""")) { Authors = ["Ann", "ann@example.com"] }]),
            new FakeEvidence("Refused", _ => throw FairleadException.NotFound("There is none.")),
            new FakeEvidence("Broken", _ => throw new InvalidOperationException("Oops.")),
            new FakeEvidence("Last", request => [new EvidenceSection($"{request.Environment} {request.Release}", Sample.Json("{}")) { Authors = ["ANN"] }]));

        Assert.Null(outcome.Error);
        var sections = EvidenceActivity.Sections(outcome.Output);
        Assert.Equal(["Good", "Refused", "Broken", "prod v003", "Stage build"], sections.Select(section => section.Title));
        Assert.Equal([null, "There is none.", "It failed unexpectedly: Oops.", null, null], sections.Select(section => section.Problem));
        Assert.Equal(["Ann", "ann@example.com"], EvidenceActivity.Authors(outcome.Output));
    }

    [Fact]
    public async Task Evidence_ASourceThatNeverAnswers_IsNotWaitedForLongerThanAMinute()
    {
        var time = new SteppedTime();
        var running = RunAsync(time, new FakeEvidence("Stuck", null), new FakeEvidence("Good", _ => [new EvidenceSection("Good", Sample.Json("{}"))]));
        await time.TimerSet;
        time.Fire();
        var sections = EvidenceActivity.Sections((await running).Output);
        Assert.Equal([("Stuck", "It took longer than 60 s."), ("Good", null), ("Stage build", null)], sections.Select(section => (section.Title, section.Problem)));
    }

    private static Task<ActivityOutcome> RunAsync(params IEvidenceSource[] sources) => RunAsync(TimeProvider.System, sources);

    private static Task<ActivityOutcome> RunAsync(TimeProvider time, params IEvidenceSource[] sources)
    {
        var input = Sample.Json("""{"environment":"prod","release":"v003","stages":{"build":{"status":"succeeded"}}}""");
        var call = new ActivityCall(1, Sample.Plan(Sample.Script("build")), "judge", "1/judge/1/evidence", input, () => { });
        return new EvidenceActivity(sources, time, NullLogger.Instance).RunAsync(call, TestContext.Current.CancellationToken);
    }
}
