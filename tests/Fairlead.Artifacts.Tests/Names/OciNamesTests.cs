using System.Diagnostics;
using System.Text.Json.Nodes;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;

namespace Fairlead.Artifacts.Tests.Names;

public sealed class OciNamesTests : IDisposable
{
    private static readonly Dictionary<string, string> Annotations = new() { ["org.fairlead.commit"] = "0123456789", ["b"] = "é \"q\"" };
    private readonly Scratch scratch = new();

    [Fact]
    public async Task Name_BlobAndTree_AreReadBySkopeo()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/skopeo"), "needs skopeo");
        scratch.Write("in/a", "one");
        scratch.Write("in/b", "one");
        scratch.Write("in/c", "two");
        var tree = await scratch.Store.PutAsync(scratch.PathOf("in"), CancellationToken.None);
        var blob = await scratch.Store.PutBytesAsync(Scratch.Bytes(1, 2_000_000), CancellationToken.None);
        await scratch.Store.NameAsync("release/v001", tree, Annotations, CancellationToken.None);
        await scratch.Store.NameAsync("late-1", blob, Annotations, CancellationToken.None);

        var inspected = JsonNode.Parse(await Skopeo("inspect", $"oci:{scratch.StoreFolder}:release/v001"))!;
        Assert.Equal(tree.Digest.ToString(), (string?)inspected["Layers"]![0]);
        Assert.Equal(3, inspected["Layers"]!.AsArray().Count);
        Assert.Equal(blob.Digest.ToString(), (string?)JsonNode.Parse(await Skopeo("inspect", $"oci:{scratch.StoreFolder}:late-1"))!["Layers"]![0]);

        // A copy into another layout keeps every digest: the store can be pushed and pulled.
        await Skopeo("copy", "--insecure-policy", $"oci:{scratch.StoreFolder}:release/v001", $"oci:{scratch.PathOf("copy")}:v1");
        Assert.True(File.Exists(Path.Combine(scratch.PathOf("copy"), "blobs", "sha256", tree.Digest.Hex)));
    }

    [Fact]
    public async Task Name_ThatExists_MovesAndKeepsTheEntriesOfOthers()
    {
        var first = await scratch.Store.PutBytesAsync("first"u8.ToArray(), CancellationToken.None);
        var second = await scratch.Store.PutBytesAsync("second"u8.ToArray(), CancellationToken.None);
        var path = Path.Combine(scratch.StoreFolder, "index.json");
        File.WriteAllText(path, """{"schemaVersion":2,"x-other":1,"manifests":[{"digest":"sha256:other","annotations":{"org.opencontainers.image.ref.name":"theirs"}},{"digest":"sha256:nameless"}]}""");

        await scratch.Store.NameAsync("ours", first, Annotations, CancellationToken.None);
        await scratch.Store.NameAsync("ours", second, Annotations, CancellationToken.None);

        var index = JsonNode.Parse(File.ReadAllText(path))!;
        Assert.Equal(1, (int)index["x-other"]!);
        Assert.Equal(["theirs", null, "ours"], index["manifests"]!.AsArray().Select(m => (string?)m!["annotations"]?["org.opencontainers.image.ref.name"]));
        var manifest = JsonNode.Parse(await scratch.Store.ReadAsync(Digest.Parse((string)index["manifests"]![2]!["digest"]!), CancellationToken.None))!;
        Assert.Equal(second.Digest.ToString(), (string?)manifest["layers"]![0]!["digest"]);
        Assert.Equal("é \"q\"", (string?)manifest["annotations"]!["b"]);
    }

    [Fact]
    public async Task Name_FromManyThreadsAndTwoStores_LosesNone()
    {
        var blob = await scratch.Store.PutBytesAsync("x"u8.ToArray(), CancellationToken.None);
        using var other = scratch.Open();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i =>
            (i % 2 == 0 ? scratch.Store : other).NameAsync($"name{i}", blob, new Dictionary<string, string>(), CancellationToken.None)));
        var index = JsonNode.Parse(File.ReadAllText(Path.Combine(scratch.StoreFolder, "index.json")))!;
        Assert.Equal(40, index["manifests"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("../x")]
    [InlineData("x/")]
    [InlineData("ü")]
    public async Task Name_ThatNoToolReads_IsInvalid(string name)
    {
        var blob = await scratch.Store.PutBytesAsync("x"u8.ToArray(), CancellationToken.None);
        var problem = await Assert.ThrowsAsync<FairleadException>(() => scratch.Store.NameAsync(name, blob, Annotations, CancellationToken.None));
        Assert.Equal(ProblemKind.Invalid, problem.Kind);
    }

    [Fact]
    public async Task Name_OfSomethingThatIsNotStored_IsNotFound()
    {
        var artifact = new ArtifactRef(ArtifactKind.Blob, Digest.Of("gone"u8), 4);
        Assert.Equal(ProblemKind.NotFound, (await Assert.ThrowsAsync<FairleadException>(() => scratch.Store.NameAsync("x", artifact, Annotations, CancellationToken.None))).Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    public async Task Name_InACorruptIndex_IsDamaged(string content)
    {
        var blob = await scratch.Store.PutBytesAsync("x"u8.ToArray(), CancellationToken.None);
        File.WriteAllText(Path.Combine(scratch.StoreFolder, "index.json"), content);
        Assert.Equal(ProblemKind.Damaged, (await Assert.ThrowsAsync<FairleadException>(() => scratch.Store.NameAsync("x", blob, Annotations, CancellationToken.None))).Kind);
    }

    public void Dispose() => scratch.Dispose();

    private static async Task<string> Skopeo(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("/usr/bin/skopeo", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await error);
        return output;
    }
}
