using System.Buffers;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Services;
using Fairlead.DuckDb;
using Fairlead.Replay.Tests.Running;
using Fairlead.Replay.Verification;

namespace Fairlead.Replay.Tests.Verification;

public sealed class PredictionVerifierTests : IAsyncDisposable
{
    private readonly VerificationBench bench = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    [Fact]
    public async Task Verify_AsRecorded_IsIdenticalInTheTailAndInFiles()
    {
        var model = await bench.DeployAsync(Models.Delays(0.1f));
        var filed = (await bench.Inner.RecordAsync(model, 20))[7];
        await bench.Inner.CompactAsync();
        var fresh = (await bench.Inner.RecordAsync(model, 5, seed: 2, first: 100))[4];
        foreach (var id in new[] { filed, fresh })
        {
            var verified = Assert.Single((await bench.Verifier.VerifyAsync(id, "ann", Token)).Verifications);
            Assert.Equal(Verdict.Identical, verified.Verdict);
            Assert.Equal(["late", "band"], verified.Compared);
            Assert.Equal(model.Artifact.Digest, verified.ModelDigest);
            Assert.Null(verified.Reason);
        }

        var stored = await bench.Verifications.FindLatestAsync(fresh.ToString(), Token);
        Assert.Equal("ann", stored!.By);
        Assert.Equal(0, stored.ToMetrics()["verify.mismatches"]);
    }

    [Fact]
    public async Task Verify_OutputChangedInTheFile_IsDifferentAndSaysHowFar()
    {
        var model = await bench.DeployAsync(Models.Delays(0.1f));
        var id = (await bench.Inner.RecordAsync(model, 3))[1];
        await bench.Inner.CompactAsync();
        Falsify("struct_update(output, late := CASE WHEN id = '" + id + "' THEN output.late + 0.25::FLOAT ELSE output.late END)");

        var verified = Assert.Single((await bench.Verifier.VerifyAsync(id, "ann", Token)).Verifications);

        Assert.Equal(Verdict.Different, verified.Verdict);
        var difference = Assert.Single(verified.Differences);
        Assert.Equal("late", difference.Output);
        Assert.True(difference.Ulps > 1000);
        Assert.NotEqual(difference.Recorded, difference.Replayed);
        Assert.Contains("'late'", verified.Reason);
    }

    [Fact]
    public async Task Verify_LastBitDiffers_IsRoundingOnlyWhereRowsAreScoredTogether()
    {
        var model = await bench.DeployAsync(Models.Delays(0.1f));
        var right = await ScoreAsync(model, "SFO", 9);
        var alone = bench.Append(model, "SFO", 9, MathF.BitIncrement(right));
        var together = bench.Append(model, "SFO", 9, MathF.BitIncrement(right), rows: 3);

        var first = Assert.Single((await bench.Verifier.VerifyAsync(alone, "ann", Token)).Verifications);
        Assert.Equal(Verdict.Different, first.Verdict);
        Assert.Equal(1, Assert.Single(first.Differences).Ulps);
        foreach (var row in new[] { 0, 2 })
        {
            var second = Assert.Single((await bench.Verifier.VerifyAsync(together.OfRow(row), "ann", Token)).Verifications);
            Assert.Equal(Verdict.Rounding, second.Verdict);
        }
    }

    [Fact]
    public async Task Verify_ModelTamperedWith_IsImpossibleDamagedAndAlarming()
    {
        var model = await bench.DeployAsync(Models.Delays(0.1f));
        var id = (await bench.Inner.RecordAsync(model, 1))[0];
        var path = bench.Inner.Store.PathOf(model.Artifact.Digest);
        File.Delete(path);
        await File.WriteAllBytesAsync(path, Models.Delays(0.2f), Token);

        var report = await bench.Verifier.VerifyAsync(id, "ann", Token);

        Assert.Equal(Verdict.Impossible, Assert.Single(report.Verifications).Verdict);
        Assert.Contains("altered", report.Verifications[0].Reason);
        Assert.True(report.IsAlarming);
        Assert.Equal(1, report.ToMetrics()["verify.damaged"]);
    }

    [Fact]
    public async Task Verify_InputRedactedOrHashed_SaysWhich()
    {
        var model = await bench.DeployAsync(Models.Delays(0.1f), new CapturePolicy { Redact = ["origin"] });
        var id = (await bench.Inner.RecordAsync(model, 1))[0];
        var verified = Assert.Single((await bench.Verifier.VerifyAsync(id, "ann", Token)).Verifications);
        Assert.Equal(Verdict.Impossible, verified.Verdict);
        Assert.Equal("the input 'origin' is redacted in the log", verified.Reason);
    }

    [Fact]
    public async Task Verify_OutputHidden_ComparesTheOthers()
    {
        var model = await bench.DeployAsync(Models.Delays(0.1f), new CapturePolicy { Hash = ["band"] });
        var id = (await bench.Inner.RecordAsync(model, 1))[0];
        var verified = Assert.Single((await bench.Verifier.VerifyAsync(id, "ann", Token)).Verifications);
        Assert.Equal(Verdict.Identical, verified.Verdict);
        Assert.Equal(["late"], verified.Compared);
        Assert.Equal(["band"], verified.NotCompared);
    }

    [Fact]
    public async Task Verify_WhatWasRefusedOrIsUnknown_SaysSo()
    {
        var model = await bench.DeployAsync(Models.Delays(0.1f));
        var refused = bench.Inner.Append(bench.Inner.Context(model), 1, default, default, Bench.Noon, status: 429, error: "busy");
        Assert.Contains("429", Assert.Single((await bench.Verifier.VerifyAsync(refused, "ann", Token)).Verifications).Reason);
        var error = await Assert.ThrowsAsync<FairleadException>(() => bench.Verifier.VerifyAsync(PredictionId.Create(TimeProvider.System), "ann", Token));
        Assert.Equal(ProblemKind.NotFound, error.Kind);
    }

    [Fact]
    public async Task Verify_Chain_ScoresWithItsTransform()
    {
        var model = await bench.Inner.AddModelAsync(Models.Delays(0.1f));
        const string Sql = "SELECT upper(origin) AS origin, hour, distance FROM input";
        IReadOnlyList<ReleasedStage> stages = [new ReleasedStage(null, Sql), new ReleasedStage(model, null)];
        var chain = new ReleasedChain(model.Signature, Digest.Of("chain"u8), stages);
        var service = new ReleasedService { Name = "late", Chain = chain };
        await bench.DeployAsync(service);
        var context = bench.Inner.Context(model) with { ModelDigest = service.Digest };
        var sent = new ArrayBufferWriter<byte>();
        await using (var scorer = await bench.Inner.Scorers.OpenAsync(service, Token))
            await scorer.ScoreAsync(1, VerificationBench.Inputs("sfo", 9), sent, Token);

        var id = bench.Inner.Append(context, 1, VerificationBench.Inputs("sfo", 9), sent.WrittenSpan, Bench.Noon);
        Assert.Equal(Verdict.Identical, Assert.Single((await bench.Verifier.VerifyAsync(id, "ann", Token)).Verifications).Verdict);
    }

    [Fact]
    public async Task VerifySample_SomeFalse_CountsAllAndTellsTheWorst()
    {
        var model = await bench.DeployAsync(Models.Delays(0.1f));
        await bench.Inner.RecordAsync(model, 60, rowsPerRequest: 4);
        bench.Append(model, "SFO", 9, 0.75f);
        await bench.Inner.CompactAsync();
        var order = new VerificationOrder { Environment = "prod", Since = Bench.Noon.AddHours(-1), Until = Bench.Noon.AddHours(1), Sample = 100 };

        var report = Assert.Single(await bench.Verifier.VerifySampleAsync(order, Token));

        Assert.Equal((61, 60, 1), (report.Checked, report.Identical, report.Different));
        Assert.Equal(Verdict.Different, Assert.Single(report.Verifications).Verdict);
        Assert.Equal(report.Number, Assert.Single(await bench.Verifications.ListAlarmsAsync(TimeProvider.System.GetUtcNow().AddHours(-1), Token)).Number);
        Assert.Equal(1, (await bench.Verifications.FindLatestAsync("late/prod", Token))!.ToMetrics()["verify.mismatches"]);
        Assert.Equal(10, Assert.Single(await bench.Verifier.VerifySampleAsync(order with { Sample = 10 }, Token)).Checked);
    }

    [Theory]
    [InlineData("", 10)]
    [InlineData("prod", 0)]
    [InlineData("prod", 10_001)]
    public async Task VerifySample_OrderOutOfRange_IsRefused(string environment, int sample)
    {
        var order = new VerificationOrder { Environment = environment, Since = Bench.Noon, Sample = sample };
        var error = await Assert.ThrowsAsync<FairleadException>(() => bench.Verifier.VerifySampleAsync(order, Token));
        Assert.Equal(ProblemKind.Invalid, error.Kind);
    }

    private async Task<float> ScoreAsync(ModelVersion model, string origin, long hour)
    {
        var outputs = new ArrayBufferWriter<byte>();
        await using var scorer = await bench.Inner.Scorers.OpenAsync(new ReleasedService { Name = "late", Model = model }, Token);
        await scorer.ScoreAsync(1, VerificationBench.Inputs(origin, hour), outputs, Token);
        return First(outputs.WrittenSpan);
    }

    private static float First(ReadOnlySpan<byte> block)
    {
        Assert.True(TensorBlock.TryRead(ref block, out var tensor));
        return BitConverter.ToSingle(tensor.Data);
    }

    /// <summary>Writes the compacted file anew with another expression for the outputs.</summary>
    private void Falsify(string output)
    {
        var path = Assert.Single(Directory.GetFiles(bench.Inner.State.Predictions, "*.parquet", SearchOption.AllDirectories));
        using (var database = DuckDbDatabase.OpenInMemory())
        {
            using var connection = database.Connect();
            connection.Execute($"COPY (SELECT * REPLACE ({output} AS output) FROM read_parquet({DuckDbText.Literal(path)}, hive_partitioning = false)) TO {DuckDbText.Literal(path + ".new")} (FORMAT parquet)");
        }

        File.Move(path + ".new", path, overwrite: true);
    }
}
