using Fairlead.Artifacts.Keeping;
using Fairlead.Artifacts.Tests.Fakes;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Artifacts.Keeping;
using Fairlead.Domain.Runs;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Artifacts.Tests.Keeping;

public sealed class StoreExaminationTests : IDisposable
{
    private readonly Scratch scratch = new();
    private readonly MemoryCatalog catalog = new();

    [Fact]
    public async Task Examine_DamagedAndMissingBlobs_AreNamedWithWhatNeedsThem()
    {
        var damaged = await PutAsync(1);
        var missing = await PutAsync(2);
        var nobodys = await PutAsync(3);
        var letGo = await PutAsync(4);
        catalog.AddRun("train", Digest.Of("1"u8), new RunOutput("old", letGo));
        catalog.AddRun("train", Digest.Of("2"u8), new RunOutput("model", damaged));
        catalog.AddVersion("flights", missing);
        Alter(damaged);
        Alter(nobodys);
        File.Delete(scratch.Store.PathOf(missing.Digest));
        File.Delete(scratch.Store.PathOf(letGo.Digest));

        var found = (await ExamineAsync(isRepair: false)).ToDictionary(damage => damage.Digest);

        Assert.Equal(new[] { damaged.Digest, missing.Digest, nobodys.Digest }.Order(), found.Keys.Order());
        Assert.Equal((false, "output model of train-2"), (found[damaged.Digest].IsMissing, Assert.Single(found[damaged.Digest].UsedBy)));
        Assert.Equal((true, "dataset flights@1"), (found[missing.Digest].IsMissing, Assert.Single(found[missing.Digest].UsedBy)));
        Assert.Empty(found[nobodys.Digest].UsedBy);
        Assert.All(found.Values, damage => Assert.Null(damage.Cure));
    }

    [Fact]
    public async Task Examine_ABlobOfVeryManyRecords_NamesTheFirstHundredAndCountsTheOthers()
    {
        var (few, many) = (await PutAsync(1), await PutAsync(2));
        catalog.AddRun("train", Digest.Of("1"u8), new RunOutput("model", few));
        catalog.AddRun("train", Digest.Of("2"u8), new RunOutput("other", few));
        catalog.AddVersion("flights", few);
        for (var i = 0; i < 130; i++)
            catalog.AddRun($"step{i:D3}", Digest.Of(BitConverter.GetBytes(i)), new RunOutput("same", many));
        Alter(few);
        Alter(many);

        var found = (await ExamineAsync(isRepair: false)).ToDictionary(damage => damage.Digest);

        Assert.Equal(["output model of train-1", "output other of train-2", "dataset flights@1"], found[few.Digest].UsedBy);
        Assert.Equal([.. Enumerable.Range(0, 100).Select(i => $"output same of step{i:D3}-1"), "30 more"], found[many.Digest].UsedBy);
    }

    [Fact]
    public async Task Repair_OfDamageAndATornIndex_SetsThemAsideAndFetchesWhatMayBeHad()
    {
        var (damaged, missing) = (await PutAsync(1), await PutAsync(2));
        catalog.AddVersion("a", damaged);
        catalog.AddVersion("b", missing);
        Alter(damaged);
        File.Delete(scratch.Store.PathOf(missing.Digest));
        File.WriteAllText(Path.Combine(scratch.StoreFolder, "index.json"), """{"schemaVersion":2,"manif""");
        var source = new Backup(scratch.Store, 2);

        var found = (await ExamineAsync(isRepair: true, source)).ToDictionary(damage => damage.Digest);

        Assert.Equal(("set aside", "fetched from the backup"), (found[damaged.Digest].Cure, found[missing.Digest].Cure));
        Assert.True(scratch.Store.Contains(missing));
        Assert.Equal(["index.json", damaged.Digest.Hex], Directory.GetFiles(Path.Combine(scratch.StoreFolder, "damaged")).Select(file => Path.GetFileName(file)).OrderBy(name => name.Length));
        await scratch.Store.NameAsync("dataset/b@1", missing, new Dictionary<string, string>(), CancellationToken.None);
        var again = Assert.Single(await ExamineAsync(isRepair: false));
        Assert.Equal((damaged.Digest, true), (again.Digest, again.IsMissing));
    }

    [Fact]
    public async Task Usage_OfSharedBlobs_IsToldWithEachAndCountedOnce()
    {
        var shared = await PutAsync(1);
        var own = await PutAsync(2);
        await PutAsync(3);
        catalog.AddRun("train", Digest.Of("1"u8), new RunOutput("a", shared), new RunOutput("b", own));
        catalog.AddRun("train", Digest.Of("2"u8), new RunOutput("a", shared));
        catalog.AddVersion("flights", shared);

        var usage = await new StoreUsage(scratch.Store, catalog, catalog, catalog).MeasureAsync(CancellationToken.None);

        Assert.Equal(
            [new UsageRow("outputs", "train", 2, shared.Size + own.Size, own.Size), new UsageRow("datasets", "flights", 1, shared.Size, 0)],
            usage.Rows);
        Assert.Equal([new UsageRow("outputs", null, 2, shared.Size + own.Size, own.Size), new UsageRow("datasets", null, 1, shared.Size, 0)], usage.Kinds);
        Assert.Equal(
            [new LargeArtifact("outputs", "train-1", "output b of train-1", own.Digest, own.Size, 1), new LargeArtifact("outputs", "train-2", "output a of train-2", shared.Digest, shared.Size, 3)],
            usage.Largest);
        Assert.Equal((3, 3006, 1, 1003), (usage.Blobs, (int)usage.Bytes, usage.UnusedBlobs, (int)usage.UnusedBytes));
    }

    public void Dispose() => scratch.Dispose();

    private Task<IReadOnlyList<StoreDamage>> ExamineAsync(bool isRepair, IBlobSource? source = null) =>
        new StoreExamination(scratch.Store, catalog, catalog, catalog, catalog, catalog, source, NullLogger<StoreExamination>.Instance).RunAsync(isRepair, CancellationToken.None);

    private Task<ArtifactRef> PutAsync(int seed) => scratch.Store.PutBytesAsync(Scratch.Bytes(seed, 1000 + seed), CancellationToken.None);

    private void Alter(ArtifactRef artifact)
    {
        var path = scratch.Store.PathOf(artifact.Digest);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllBytes(path, Scratch.Bytes(99, (int)artifact.Size));
    }

    /// <summary>Has one blob.</summary>
    private sealed class Backup(LocalArtifactStore store, int seed) : IBlobSource
    {
        public string Name => "the backup";

        public async Task<bool> TryFetchAsync(Digest digest, CancellationToken cancellationToken)
        {
            var content = Scratch.Bytes(seed, 1000 + seed);
            return Digest.Of(content) == digest && (await store.PutBytesAsync(content, cancellationToken)).Digest == digest;
        }
    }
}
