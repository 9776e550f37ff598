using Fairlead.Load.Measuring;
using Fairlead.Load.Pacing;
using Fairlead.Load.Sending;

namespace Fairlead.Load.Tests.Measuring;

public sealed class LoadRecorderTests
{
    private const long Millisecond = 1_000_000;
    private static readonly LoadAnswer Answer = new() { Outcome = LoadOutcome.Succeeded, Status = "200", ServerGroup = "a", HasPrediction = true };
    private static readonly LoadAnswer Refusal = new() { Outcome = LoadOutcome.Refused, Status = "503", Message = "No." };

    [Fact]
    public void Latency_OfARequestThatWaited_CountsFromWhenItWasDue()
    {
        var recorder = new LoadRecorder(0);
        Play(recorder, dueAt: 0, sentAt: 300 * Millisecond, endedAt: 301 * Millisecond, Answer);
        var counts = recorder.Snapshot(0, 0);
        Assert.Equal(0.301, counts.Corrected.Max);
        Assert.Equal(0.001, counts.Uncorrected.Max);
        Assert.Equal(0.3, counts.SendDelay.Max);
        Assert.Equal(1, counts.Late);
    }

    [Fact]
    public void Warmup_ShowsInTheSecondsOnly()
    {
        var recorder = new LoadRecorder(1000 * Millisecond);
        Play(recorder, 999 * Millisecond, 999 * Millisecond, 1001 * Millisecond, Answer);
        Play(recorder, 1000 * Millisecond, 1000 * Millisecond, 1003 * Millisecond, Answer);
        var counts = recorder.Snapshot(2000 * Millisecond, 10);
        Assert.Equal((1, 1, 1, 1), (counts.Due, counts.Sent, counts.Succeeded, counts.Corrected.Count));
        Assert.Equal([(1, 1, 0), (1, 1, 2)], counts.Seconds.Select(second => ((int)second.Due, (int)second.Sent, (int)second.Succeeded)));
    }

    [Fact]
    public void Failure_ThatIsFast_MakesNoLatencyBetter()
    {
        var recorder = new LoadRecorder(0);
        Play(recorder, 0, 0, 100, Refusal);
        Play(recorder, 0, 0, 5 * Millisecond, Answer);
        Play(recorder, 0, 0, 200, Refusal with { Message = "Another." });
        var counts = recorder.Snapshot(0, 0);
        Assert.Equal((1, 0.005), (counts.Corrected.Count, counts.Corrected.P50));
        Assert.Equal([new LoadError("503", 2, "No.")], counts.Errors);
    }

    [Fact]
    public void Unanswered_CountsWithTheTimeItWaited()
    {
        var recorder = new LoadRecorder(0);
        Play(recorder, 0, 0, 2000 * Millisecond, LoadAnswer.TimedOut(TimeSpan.FromSeconds(2)));
        recorder.Due(new DueRequest(500 * Millisecond, 1));
        recorder.Unsent(new DueRequest(500 * Millisecond, 1), 3000 * Millisecond);
        var counts = recorder.Snapshot(0, 0);
        Assert.Equal((2, 2.5), (counts.Corrected.Count, counts.Corrected.Max));
        Assert.Equal((2, 1, 1, 1), (counts.Due, counts.Sent, counts.Failed, counts.Unsent));
    }

    [Fact]
    public void Abandoned_IsNoFailure()
    {
        var recorder = new LoadRecorder(0);
        Play(recorder, 0, 0, Millisecond, new LoadAnswer { Outcome = LoadOutcome.Abandoned, Status = "" });
        var counts = recorder.Snapshot(0, 0);
        Assert.Equal((1, 0, 0, 0, 0), (counts.Abandoned, counts.Failed, counts.Succeeded, counts.Corrected.Count, counts.UnderWay));
    }

    [Fact]
    public void ServerGroups_AreSharesOfTheAnswers()
    {
        var recorder = new LoadRecorder(0);
        for (var i = 0; i < 10; i++)
            Play(recorder, 0, 0, Millisecond, i == 0 ? Answer with { ServerGroup = null, HasPrediction = false } : Answer);
        var counts = recorder.Snapshot(0, 0);
        Assert.Equal([new ServerGroupShare("", 1, 0.1), new ServerGroupShare("a", 9, 0.9)], counts.ServerGroups);
        Assert.Equal(1, counts.WithoutPrediction);
    }

    [Fact]
    public void Seconds_WithoutAnything_AreThere()
    {
        var recorder = new LoadRecorder(0);
        Play(recorder, 0, 0, Millisecond, Answer);
        Play(recorder, 3000 * Millisecond, 3000 * Millisecond, 3001 * Millisecond, Answer);
        Assert.Equal([1, 0, 0, 1], recorder.Snapshot(4000 * Millisecond, 10).Seconds.Select(second => second.Succeeded));
        Assert.Equal([2, 3], recorder.Snapshot(4000 * Millisecond, 2).Seconds.Select(second => second.Second));
    }

    [Fact]
    public void Due_OfASenderThatIsBehind_CountsInItsOwnSecond()
    {
        var recorder = new LoadRecorder(0);
        recorder.Snapshot(2000 * Millisecond, 10);
        Play(recorder, 500 * Millisecond, 2100 * Millisecond, 2101 * Millisecond, Answer);
        Assert.Equal([(1, 0), (0, 0), (0, 1)], recorder.Snapshot(3000 * Millisecond, 10).Seconds.Select(second => ((int)second.Due, (int)second.Sent)));
    }

    private static void Play(LoadRecorder recorder, long dueAt, long sentAt, long endedAt, LoadAnswer answer)
    {
        var request = new DueRequest(dueAt, 0);
        recorder.Due(request);
        recorder.Sent(request, sentAt);
        recorder.Ended(request, sentAt, endedAt, answer);
    }
}
