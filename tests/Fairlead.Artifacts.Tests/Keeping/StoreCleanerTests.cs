using Fairlead.Artifacts.Keeping;
using Fairlead.Artifacts.Tests.Fakes;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Artifacts.Keeping;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Runs;
using Fairlead.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Artifacts.Tests.Keeping;

public sealed class StoreCleanerTests : IDisposable
{
    private static readonly KeepRules One = new() { Runs = 1, DatasetVersions = 1 };
    private readonly Scratch scratch = new();
    private readonly MemoryCatalog catalog = new();
    private readonly ShiftedTime later = new() { Shift = TimeSpan.FromDays(2) };

    [Fact]
    public async Task Clean_OldRunsAndVersions_GoAndWhatAnyRecordNamesStays()
    {
        var old = await RunAsync("train", 1);
        var tagged = await RunAsync("train", 2);
        var newest = await RunAsync("train", 3);
        var blob = await PutAsync(4);
        var tree = await PutTreeAsync(5);
        var oldData = catalog.AddVersion("flights", await PutAsync(6));
        var newData = catalog.AddVersion("flights", await PutAsync(7));
        var nobodys = await PutAsync(8);
        await scratch.Store.NameAsync("dataset/flights@1", oldData.Artifact, new Dictionary<string, string>(), CancellationToken.None);
        await scratch.Store.NameAsync("dataset/flights@2", newData.Artifact, new Dictionary<string, string>(), CancellationToken.None);
        catalog.Texts = catalog.Texts.Add(("runTag", """{"run":"train-2","tag":"good"}"""));
        catalog.Texts = catalog.Texts.Add(("something new", $$"""{"deep":[{"inside":"{{tree.Digest}}"}],"also":"see {{blob.Digest.Hex}}."}"""));

        var planned = await CleanAsync(One, isDry: true);
        Assert.All([old.Artifact, nobodys, oldData.Artifact], artifact => Assert.True(scratch.Store.Contains(artifact)));
        var report = await CleanAsync(One, isDry: false);

        Assert.All([old.Artifact, nobodys, oldData.Artifact], artifact => Assert.False(scratch.Store.Contains(artifact)));
        Assert.All([tagged.Artifact, newest.Artifact, blob, tree, newData.Artifact], artifact => Assert.True(scratch.Store.Contains(artifact)));
        Assert.Equal([("datasets", "flights"), ("nothing", null), ("outputs", "train")], report.Rows.Select(row => (row.Kind, row.Name)).Order());
        Assert.Equal(1, report.Runs);
        Assert.Equal(["dataset/flights@1"], report.Names);
        Assert.Equal(planned with { IsDry = false, Rows = report.Rows, Names = report.Names }, report);
        Assert.Equal(planned.Rows, report.Rows);
        Assert.Empty(await scratch.Store.FindDamagedAsync(CancellationToken.None));
        Assert.DoesNotContain("flights@1", File.ReadAllText(Path.Combine(scratch.StoreFolder, "index.json")));
        Assert.Contains("flights@2", File.ReadAllText(Path.Combine(scratch.StoreFolder, "index.json")));
        Assert.Equal(0, (await CleanAsync(One, isDry: false)).Blobs);
    }

    [Fact]
    public async Task Clean_RunThatARecordNames_KeepsAllThatItCameFrom()
    {
        var data = await RunAsync("split", 1);
        var model = await RunAsync("train", 2);
        catalog.Add(MemoryCatalog.Begin(new RunId("train", 2), Digest.Of("b"u8)) with
        {
            Status = RunStatus.Succeeded,
            Inputs = [new RunInput("train", "split/out", data.Artifact, null, new RunId("split", 1))],
            Outputs = [new RunOutput("model", await PutAsync(20))],
        });
        await RunAsync("split", 3);
        await RunAsync("train", 4);
        catalog.Texts = catalog.Texts.Add(("models", """{"model":"late","run":"train-2"}"""));

        await CleanAsync(One, isDry: false);

        Assert.True(scratch.Store.Contains(data.Artifact));
        Assert.False(scratch.Store.Contains(model.Artifact));
    }

    [Fact]
    public async Task Clean_WhatWasPutOrUsedWithinTheGrace_Stays()
    {
        var young = await PutAsync(1);
        later.Shift = TimeSpan.Zero;
        var first = await CleanAsync(One, isDry: false);
        Assert.Equal((0, 1), (first.Blobs, first.YoungBlobs));

        // Two days on, somebody counts on it once more.
        var shifted = new ShiftedTime { Shift = TimeSpan.FromDays(2) };
        using (var store = LocalArtifactStore.Open(scratch.StoreFolder, shifted))
        {
            var path = scratch.Store.Blobs.PathOf(young.Digest);
            File.SetLastAccessTimeUtc(path, DateTime.UnixEpoch);
            Assert.True(store.Contains(young));
            Assert.True(Files.FileUse.Of(path)!.Value.ReadAt > 0);
        }

        later.Shift = TimeSpan.FromDays(2);
        Assert.Equal(1, (await CleanAsync(One, isDry: false)).Blobs);
    }

    [Fact]
    public async Task Clean_BlobThatIsCountedOnMeanwhile_Stays()
    {
        var artifacts = await Task.WhenAll(Enumerable.Range(0, 20).Select(PutAsync));
        // Long after they were put, and after they were listed, a run begins to count on half of them.
        catalog.WhileReading = () =>
        {
            foreach (var artifact in artifacts.Take(10))
                Assert.True(Files.FileUse.Renew(scratch.Store.Blobs.PathOf(artifact.Digest)));
        };

        var report = await CleanAsync(One, isDry: false);

        Assert.Equal(10, report.Blobs);
        Assert.All(artifacts[..10], artifact => Assert.True(scratch.Store.Contains(artifact)));
        Assert.All(artifacts[10..], artifact => Assert.False(scratch.Store.Contains(artifact)));
    }

    [Fact]
    public async Task Clean_WhileOthersPutTheSame_LosesNothingThatWasAcknowledged()
    {
        // The clock of the cleaner is ahead and its grace nothing at all: every blob is as old as it can be.
        var rounds = Campaign.Rounds(6, 500);
        _ = scratch.Store;
        using var stop = new CancellationTokenSource();
        var cleaning = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
                await CleanAsync(One, isDry: false);
        });
        using var other = LocalArtifactStore.Open(scratch.StoreFolder, later);
        for (var round = 0; round < rounds; round++)
        {
            var put = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => other.PutBytesAsync(Scratch.Bytes(i, 3000), CancellationToken.None)));
            foreach (var artifact in put)
                catalog.Texts = catalog.Texts.Add(("records", $"{artifact.Digest}"));
            // Named now: whatever is there stays, and whatever went in between is put again.
            var again = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => other.PutBytesAsync(Scratch.Bytes(i, 3000), CancellationToken.None)));
            await CleanAsync(One, isDry: false);
            Assert.All(again, artifact => Assert.True(other.Contains(artifact)));
            catalog.Texts = [];
        }

        await stop.CancelAsync();
        await cleaning;
        Assert.Empty(await scratch.Store.FindDamagedAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Clean_WithAShortGraceWhileStepsRun_IsRefused()
    {
        catalog.Add(MemoryCatalog.Begin(new RunId("train", 1), Digest.Of("a"u8)));
        var problem = await Assert.ThrowsAsync<FairleadException>(() => CleanAsync(One with { Grace = TimeSpan.Zero }, isDry: false));
        Assert.Equal(ProblemKind.Conflict, problem.Kind);
        Assert.Contains("train-1", problem.Message);
        await CleanAsync(One with { Grace = TimeSpan.Zero }, isDry: true);
        Assert.Equal(ProblemKind.Invalid, (await Assert.ThrowsAsync<FairleadException>(() => CleanAsync(One with { Runs = 0 }, isDry: true))).Kind);
    }

    [Fact]
    public async Task Clean_TreeThatIsNeededAndCannotBeRead_RemovesNothing()
    {
        var tree = await PutTreeAsync(1);
        var nobodys = await PutAsync(2);
        catalog.Texts = catalog.Texts.Add(("records", tree.Digest.ToString()));
        var path = scratch.Store.PathOf(tree.Digest);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"size\":", "\"sise\":", StringComparison.Ordinal));

        Assert.Equal(ProblemKind.Damaged, (await Assert.ThrowsAsync<FairleadException>(() => CleanAsync(One, isDry: false))).Kind);
        Assert.True(scratch.Store.Contains(nobodys));
    }

    [Fact]
    public async Task Clean_ArtifactsOfOtherToolsInTheLayout_Stay()
    {
        var layer = await PutAsync(1);
        var manifest = await scratch.Store.PutBytesAsync(System.Text.Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","layers":[{"digest":"{{layer.Digest}}"}]}"""), CancellationToken.None);
        var index = Path.Combine(scratch.StoreFolder, "index.json");
        File.WriteAllText(index, $$"""{"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"{{manifest.Digest}}","size":{{manifest.Size}}}]}""");

        Assert.Equal(0, (await CleanAsync(One, isDry: false)).Blobs);
        Assert.True(scratch.Store.Contains(layer));
    }

    [Fact]
    public async Task Kill_InTheMiddleOfCleaning_LeavesTheStoreWhole()
    {
        var kept = await PutTreeAsync(1);
        for (var i = 0; i < 1500; i++)
            scratch.Write($"many/{i % 40}/{i}", Scratch.Bytes(i, 64));
        await scratch.Store.PutAsync(scratch.PathOf("many"), CancellationToken.None);
        var before = scratch.VisibleBlobs().Length;
        using var child = ChildProcess.StartCleaning(scratch.StoreFolder, kept.Digest);
        while (scratch.VisibleBlobs().Length == before && !child.HasExited)
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        child.Kill();
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);

        using var store = scratch.Open();
        Assert.True(store.Contains(kept));
        Assert.Empty(await store.FindDamagedAsync(CancellationToken.None));
        catalog.Texts = catalog.Texts.Add(("records", kept.Digest.ToString()));
        await CleanAsync(One, isDry: false);
        Assert.True(scratch.VisibleBlobs().Length <= 10);
        Assert.True(store.Contains(kept));
    }

    public void Dispose() => scratch.Dispose();

    private Task<CleaningReport> CleanAsync(KeepRules rules, bool isDry) =>
        new StoreCleaner(scratch.Store, catalog, catalog, catalog, later, NullLogger<StoreCleaner>.Instance).CleanAsync(rules, isDry, CancellationToken.None);

    private Task<ArtifactRef> PutAsync(int seed) => scratch.Store.PutBytesAsync(Scratch.Bytes(seed, 1000 + seed), CancellationToken.None);

    private Task<ArtifactRef> PutTreeAsync(int seed)
    {
        scratch.Write($"tree{seed}/a", Scratch.Bytes(seed + 1000, 500));
        scratch.Write($"tree{seed}/b/c", Scratch.Bytes(seed + 2000, 600));
        return scratch.Store.PutAsync(scratch.PathOf($"tree{seed}"), CancellationToken.None);
    }

    private async Task<RunOutput> RunAsync(string step, int seed)
    {
        var output = new RunOutput("out", await PutAsync(seed * 100));
        catalog.AddRun(step, Digest.Of(BitConverter.GetBytes(seed)), output);
        return output;
    }
}
