using System.Diagnostics;
using System.Text.Json;
using Fairlead.Domain.Notices;
using Fairlead.Domain.Projects;

namespace Fairlead.Notices.Tests.Sending;

public sealed class NoticeCourierTests : IAsyncDisposable
{
    private readonly Bench bench = new();
    private readonly Receiver receiver = new();
    private readonly Receiver other = new();

    public NoticeCourierTests()
    {
        bench.Secrets["env:SLACK"] = other.Url;
        bench.Project.Notify = new NotifyDefinition { Channels = [new WebhookDefinition { Name = "hook", Url = receiver.Url }, new SlackDefinition { Name = "slack", Url = "env:SLACK" }] };
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await bench.DisposeAsync();
        receiver.Dispose();
        other.Dispose();
    }

    [Fact]
    public async Task Deliver_SeveralMessages_ArriveOnceAndInOrder()
    {
        for (var i = 0; i < 30; i++)
            await bench.AddAsync($"m{i}", to: "hook");
        Assert.Equal(1, await bench.AddAsync("m3", to: "hook"));

        Assert.Equal(30, await bench.DeliverAsync());
        Assert.Equal(0, await bench.DeliverAsync());

        Assert.Equal(Enumerable.Range(0, 30).Select(i => $"m{i}"), receiver.Bodies.Select(body => body.GetProperty("id").GetString()));
        Assert.All(await bench.ListAsync(), notice => Assert.Equal(NoticeStatus.Delivered, notice.Status));
    }

    [Fact]
    public async Task Deliver_ToAChannelThatIsDown_HoldsUpNoOther()
    {
        receiver.Status = 503;
        await bench.AddAsync("a");

        Assert.Equal(1, await bench.DeliverAsync());

        Assert.Equal(NoticeStatus.Delivered, Assert.Single(await bench.ListAsync("slack")).Status);
        var waiting = Assert.Single(await bench.ListAsync("hook"));
        Assert.Equal((NoticeStatus.Waiting, 1, "it answered 503"), (waiting.Status, waiting.Attempts, waiting.Error));
    }

    [Fact]
    public async Task Deliver_ToAChannelThatHangs_HoldsUpNoOther()
    {
        using var hanging = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        hanging.Start();
        bench.Project.Notify = bench.Project.Notify! with { Channels = [new WebhookDefinition { Name = "hook", Url = $"http://127.0.0.1:{((System.Net.IPEndPoint)hanging.LocalEndpoint).Port}/" }, bench.Project.Notify.Channels[1]] };
        await bench.AddAsync("a");

        var begun = await bench.Service.Courier.BeginAsync(Token);
        Assert.Equal(2, begun.Count);
        Assert.Equal(1, await await Task.WhenAny(begun));
        await bench.AddAsync("b");
        Assert.Equal(1, await Assert.Single(await bench.Service.Courier.BeginAsync(Token)));

        Assert.Equal(2, other.Received.Count);
    }

    [Fact]
    public async Task Test_ChannelWithABacklog_IsTriedAtOnceAndOnceAndSaysWhatWasAnswered()
    {
        receiver.Status = 503;
        for (var i = 0; i < 300; i++)
            await bench.AddAsync($"m{i}", to: "hook");
        await bench.DeliverAsync();
        var trial = new NoticeTrial(bench.Outbox, bench.Catalog.Notices, bench.Service.Courier, bench.Time);

        var failed = await trial.TestAsync("hook", "ann", Token);
        receiver.Status = 202;
        var arrived = await trial.TestAsync("hook", "ann", Token);

        Assert.Equal((NoticeStatus.Dead, "it answered 503", 1), (failed.Status, failed.Answer, failed.Attempts));
        Assert.Equal((NoticeStatus.Delivered, "it answered 202", 1), (arrived.Status, arrived.Answer, arrived.Attempts));
        // The backlog waits on for its next attempt, and no test is among it.
        Assert.Equal(3, receiver.Received.Count);
        Assert.Equal(300, (await bench.ListAsync("hook")).Count(notice => notice.Status == NoticeStatus.Waiting));
        bench.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(300, await bench.DeliverAsync());
        Assert.Equal(303, receiver.Received.Count);
    }

    [Fact]
    public async Task Test_BesideALaneUnderWay_ArrivesOnce()
    {
        for (var i = 0; i < 100; i++)
            await bench.AddAsync($"m{i}", to: "hook");
        var trial = new NoticeTrial(bench.Outbox, bench.Catalog.Notices, bench.Service.Courier, bench.Time);

        var delivering = bench.DeliverAsync();
        var tests = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => trial.TestAsync("hook", "ann", Token)));
        await delivering;
        await bench.DeliverAsync();

        Assert.All(tests, test => Assert.Equal(NoticeStatus.Delivered, test.Status));
        Assert.Equal(110, receiver.Received.Count);
        Assert.Equal(110, receiver.Bodies.Select(body => body.GetProperty("id").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task Deliver_ToAProgramThatWasDownForADay_BringsEachInOrderAfterwards()
    {
        receiver.Status = 503;
        for (var hour = 0; hour < 24; hour++)
        {
            for (var i = 0; i < 5; i++)
                await bench.AddAsync($"m{(hour * 5) + i}", to: "hook");
            for (var quarter = 0; quarter < 4; quarter++)
            {
                await bench.DeliverAsync();
                bench.Time.Advance(TimeSpan.FromMinutes(15));
            }
        }

        // Only the oldest was tried, with pauses of half an hour at most.
        Assert.All(receiver.Bodies, body => Assert.Equal("m0", body.GetProperty("id").GetString()));
        Assert.InRange(receiver.Received.Count, 35, 60);
        receiver.Received.Clear();
        receiver.Status = 202;
        bench.Time.Advance(TimeSpan.FromMinutes(40));

        Assert.Equal(120, await bench.DeliverAsync());

        Assert.Equal(Enumerable.Range(0, 120).Select(i => $"m{i}"), receiver.Bodies.Select(body => body.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Deliver_ToPeopleWhoWereAwayForADay_GathersWhatWaited()
    {
        other.Status = 500;
        for (var i = 0; i < 300; i++)
        {
            await bench.AddAsync($"m{i}", i % 3 == 0 ? NoticeEvents.AlertFiring : NoticeEvents.StageMessage, "slack");
            bench.Time.Advance(TimeSpan.FromMinutes(5));
        }

        await bench.DeliverAsync();
        bench.Time.Advance(TimeSpan.FromMinutes(40));
        (other.Status, _) = (200, 0);
        other.Received.Clear();

        Assert.Equal(300, await bench.DeliverAsync());

        // 200 at a time, then the rest: two messages instead of three hundred.
        Assert.Equal(2, other.Received.Count);
        var text = other.Bodies[0].GetProperty("attachments")[0];
        Assert.StartsWith("200 messages waited from 03-02 09:00", text.GetProperty("title").GetString());
        Assert.Contains("In all: 133 stage.message, 67 alert.firing.", text.GetProperty("text").GetString());
        Assert.Contains("Title m199", text.GetProperty("text").GetString());
        Assert.DoesNotContain("Title m20\n", text.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Deliver_WhatIsNeverTaken_IsGivenUpAfterDaysAndCanBeSentAgain()
    {
        receiver.Status = 500;
        await bench.AddAsync("a", to: "hook");
        for (var i = 0; i < 80; i++)
        {
            await bench.DeliverAsync();
            bench.Time.Advance(TimeSpan.FromHours(1));
        }

        var dead = Assert.Single(await bench.ListAsync());
        Assert.Equal(NoticeStatus.Dead, dead.Status);
        Assert.InRange(dead.Attempts, 70, 74);
        receiver.Status = 200;
        Assert.Equal(0, await bench.DeliverAsync());
        await new NoticeDesk(bench.Catalog.Notices, bench.Time).RetryAsync(dead.Number, Token);

        Assert.Equal(1, await bench.DeliverAsync());
    }

    [Fact]
    public async Task Deliver_WhatTheReceiverWillNeverTake_IsSetAsideForTheNext()
    {
        receiver.Decide = body => body.Contains("\"id\":\"bad\"", StringComparison.Ordinal) ? 400 : null;
        await bench.AddAsync("bad", to: "hook");
        await bench.AddAsync("good", to: "hook");

        Assert.Equal(1, await bench.DeliverAsync());

        Assert.Equal([NoticeStatus.Delivered, NoticeStatus.Dead], (await bench.ListAsync()).Select(notice => notice.Status));
    }

    [Fact]
    public async Task Deliver_AReceiverThatAsksForTime_IsGivenIt()
    {
        (other.Status, other.RetryAfter) = (429, "600");
        await bench.AddAsync("a", to: "slack");
        await bench.DeliverAsync();
        bench.Time.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(0, await bench.DeliverAsync());
        Assert.Single(other.Received);

        bench.Time.Advance(TimeSpan.FromMinutes(2));
        other.Status = 200;
        Assert.Equal(1, await bench.DeliverAsync());
    }

    [Fact]
    public async Task Deliver_AfterTheClockWasSetBack_WaitsNoLongerThanAPause()
    {
        receiver.Status = 500;
        await bench.AddAsync("a", to: "hook");
        await bench.DeliverAsync();
        bench.Time.Advance(TimeSpan.FromDays(-7));
        receiver.Status = 200;

        Assert.Equal(1, await bench.DeliverAsync());
    }

    [Fact]
    public async Task Deliver_ToAChannelThatIsGoneFromTheFile_SaysSo()
    {
        await bench.AddAsync("a", to: "hook");
        bench.Project.Notify = null;

        Assert.Equal(0, await bench.DeliverAsync());

        Assert.Contains("names no channel 'hook'", Assert.Single(await bench.ListAsync()).Error);
    }

    [Fact]
    public async Task Deliver_WithASecretThatIsMissing_SaysWhichAndSendsNothing()
    {
        bench.Secrets.Clear();
        await bench.AddAsync("a", to: "slack");

        await bench.DeliverAsync();

        Assert.Contains("'env:SLACK'", Assert.Single(await bench.ListAsync()).Error);
        Assert.Empty(other.Received);
    }

    [Fact]
    public async Task Deliver_AfterTheProcessWasKilledBetweenQueueingAndSending_ArrivesAllTheSame()
    {
        using var child = ChildProcess.Start(bench.Folder, receiver.Url);
        Assert.Equal("queued", await child.StandardOutput.ReadLineAsync(Token));
        child.Kill();
        await child.WaitForExitAsync(Token);
        Assert.Empty(receiver.Received);

        Assert.Equal(25, await bench.DeliverAsync());

        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"child/{i}"), receiver.Bodies.Select(body => body.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Deliver_AfterTheProcessWasKilledInTheMiddle_RepeatsAtMostTheOneThatWasUnderWay()
    {
        using var child = ChildProcess.Start(bench.Folder, receiver.Url, delivers: true);
        while (receiver.Received.Count < 10)
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Token);
        child.Kill();
        await child.WaitForExitAsync(Token);

        await bench.DeliverAsync();

        var keys = receiver.Bodies.Select(body => body.GetProperty("id").GetString()!).ToList();
        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"child/{i}"), keys.Distinct());
        Assert.InRange(keys.Count, 25, 26);
    }
}
