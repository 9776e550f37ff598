using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Models;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;
using Fairlead.Replay.Rebuilding;
using Fairlead.Replay.Tests.Running;
using Fairlead.Replay.Tests.Verification;
using Fairlead.Replay.Verification;

namespace Fairlead.Replay.Tests.Rebuilding;

public sealed class RebuildVerifierTests : IAsyncDisposable
{
    private readonly VerificationBench bench = new();
    private readonly List<string> lines = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    [Fact]
    public async Task Verify_ModelFromElsewhere_SaysThatNoRunMadeIt()
    {
        var (report, _) = await VerifyAsync(null, withRun: false);
        Assert.Equal(RebuildOutcome.Impossible, report.Outcome);
        Assert.Equal("The model 'late@1' came from elsewhere: no run of this project made it, so that it cannot be built again.", report.Reason);
        Assert.Null(report.Verdict);
        Assert.Empty(lines);
    }

    [Fact]
    public async Task Verify_SameModel_IsIdenticalInBytesAndAnswer()
    {
        var (report, verified) = await VerifyAsync(Models.Delays(0.1f));
        Assert.Equal((RebuildOutcome.Identical, Verdict.Identical), (report.Outcome, report.Verdict));
        Assert.True(Assert.Single(report.Models).IsIdentical);
        Assert.Equal(Verdict.Identical, verified.Verdict);
        Assert.Equal(["train-1: executing"], lines);
    }

    [Fact]
    public async Task Verify_OtherModel_ComparesItsAnswerWithTheRecordedOne()
    {
        var (report, verified) = await VerifyAsync(Models.Delays(0.3f));
        Assert.Equal((RebuildOutcome.Different, Verdict.Different), (report.Outcome, report.Verdict));
        Assert.Contains("train-1 differs first: The file 'model.onnx' differs from byte 7 on.", report.Reason);
        Assert.Equal("late", Assert.Single(report.Differences).Output);
        // The recorded model still answers as it did.
        Assert.Equal(Verdict.Identical, verified.Verdict);
    }

    [Fact]
    public async Task Verify_RunFailsNow_HasNoAnswerToCompare()
    {
        var (report, _) = await VerifyAsync(null);
        Assert.Equal((RebuildOutcome.Failed, null), (report.Outcome, report.Verdict));
        Assert.Contains("exit 3", report.Reason);
    }

    [Fact]
    public async Task Verify_Rebuilt_IsKeptWithTheVerification()
    {
        var (report, verified) = await VerifyAsync(Models.Delays(0.3f));
        var kept = await bench.Verifications.FindLatestAsync(verified.Prediction.ToString(), Token);
        Assert.Equal(JsonSerializer.Serialize(report), JsonSerializer.Serialize(kept!.Verifications[0].Rebuild));
    }

    private async Task<(RebuildReport Report, VerifiedPrediction Verified)> VerifyAsync(byte[]? rebuilt, bool withRun = true)
    {
        var model = await bench.DeployAsync(Models.Delays(0.1f));
        if (withRun)
            await AddRunAsync(model);
        var id = (await bench.Inner.RecordAsync(model, 3))[1];
        var made = rebuilt is null ? null : await bench.Inner.Store.PutBytesAsync(rebuilt, Token);
        var report = await new RebuildVerifier(bench.Verifier, new FixedRebuilder(made), bench.Inner.Catalog.Runs).VerifyAsync(id, "ann", lines.Add, Token);
        var verified = Assert.Single(report.Verifications);
        return (verified.Rebuild!, verified);
    }

    private async Task AddRunAsync(ModelVersion model)
    {
        var run = await bench.Inner.Catalog.Runs.StartAsync(
            "train",
            id => new Run
            {
                Id = id,
                Key = Digest.Of("key"u8),
                KeyParts = [],
                Status = RunStatus.Running,
                Commit = new CommitState("c0ffee", "main", null),
                Command = "train",
                Parameters = new Dictionary<string, JsonElement>(),
                Inputs = [],
                StartedAt = Bench.Noon,
                Machine = "here",
                StartedBy = "test",
                Sandbox = "plain",
            },
            Token);
        await bench.Inner.Catalog.Runs.FinishAsync(
            run with { Status = RunStatus.Succeeded, FinishedAt = Bench.Noon, Outputs = [new RunOutput("model.onnx", model.Artifact)] }, Token);
    }
}
