using Fairlead.Artifacts.Trees;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;

namespace Fairlead.Artifacts.Tests.Trees;

public sealed class TreeTests : IDisposable
{
    private readonly Scratch scratch = new();

    [Fact]
    public async Task Manifest_OfAKnownFolder_EqualsTheGoldenFile()
    {
        scratch.Write("in/README", "read me\n");
        scratch.Write("in/bin/run.sh", "#!/bin/sh\n");
        File.SetUnixFileMode(scratch.PathOf("in/bin/run.sh"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        scratch.Write("in/a-b", "");
        scratch.Write("in/a/b", "below");
        scratch.Write("in/ümläut \"quoted\" 😀", "utf-8");
        Directory.CreateDirectory(scratch.PathOf("in/empty"));

        var tree = await scratch.Store.PutAsync(scratch.PathOf("in"), CancellationToken.None);

        var golden = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", "tree-v1.json"));
        Assert.Equal(System.Text.Encoding.UTF8.GetString(golden), System.Text.Encoding.UTF8.GetString(await scratch.Store.ReadAsync(tree.Digest, CancellationToken.None)));
        Assert.Equal(28, tree.Size);
    }

    [Fact]
    public async Task PutTree_InAnyOrderAndAtAnyTime_HasTheSameDigest()
    {
        string[] names = ["z", "a/1", "a/2", "B", "a-b/c"];
        foreach (var name in names)
            scratch.Write("in/" + name, name);
        var whole = await scratch.Store.PutAsync(scratch.PathOf("in"), CancellationToken.None);
        foreach (var name in names)
            File.SetLastWriteTimeUtc(scratch.PathOf("in/" + name), new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        File.SetUnixFileMode(scratch.PathOf("in/B"), UnixFileMode.UserRead | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite);

        var random = new Random(5);
        for (var i = 0; i < 10; i++)
        {
            random.Shuffle(names);
            Assert.Equal(whole, await scratch.Store.PutTreeAsync(scratch.PathOf("in"), names, CancellationToken.None));
        }
    }

    [Fact]
    public async Task PutTree_SymbolicLinksInside_AreFollowed()
    {
        scratch.Write("in/data/x", "content");
        File.CreateSymbolicLink(scratch.PathOf("in/file"), "data/x");
        Directory.CreateSymbolicLink(scratch.PathOf("in/folder"), "data");

        var tree = await scratch.Store.PutAsync(scratch.PathOf("in"), CancellationToken.None);

        var files = await scratch.Store.ReadTreeAsync(tree.Digest, CancellationToken.None);
        Assert.Equal(["data/x", "file", "folder/x"], files.Select(f => f.Path));
        Assert.Single(files.Select(f => f.Digest).Distinct());
    }

    [Theory]
    [InlineData("../secret", "leads out of the folder")]
    [InlineData("/etc/hostname", "leads out of the folder")]
    [InlineData("nowhere", "leads nowhere")]
    [InlineData(".", "leads ")]
    public async Task PutTree_SymbolicLinkThatLeadsElsewhere_IsRefusedByName(string target, string reason)
    {
        scratch.Write("secret", "not asked for");
        scratch.Write("in/sub/file", "content");
        File.CreateSymbolicLink(scratch.PathOf("in/link"), target);

        var whole = await Assert.ThrowsAsync<FairleadException>(() => scratch.Store.PutAsync(scratch.PathOf("in"), CancellationToken.None));
        var named = await Assert.ThrowsAsync<FairleadException>(() => scratch.Store.PutTreeAsync(scratch.PathOf("in"), ["link"], CancellationToken.None));
        foreach (var problem in new[] { whole, named })
        {
            Assert.Contains("link", problem.Message);
            Assert.Contains(reason, problem.Message);
        }

        Assert.Empty(scratch.VisibleBlobs());
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("/etc/hostname")]
    [InlineData("a/../../secret")]
    [InlineData("")]
    [InlineData("a//b")]
    [InlineData("a\\b")]
    public async Task PutTree_PathThatLeavesTheFolder_IsRefused(string path)
    {
        scratch.Write("secret", "not asked for");
        Directory.CreateDirectory(scratch.PathOf("in"));
        var problem = await Assert.ThrowsAsync<FairleadException>(() => scratch.Store.PutTreeAsync(scratch.PathOf("in"), [path], CancellationToken.None));
        Assert.Equal(ProblemKind.Invalid, problem.Kind);
    }

    [Fact]
    public async Task PutTree_FileThatIsMissing_IsNotFoundByName()
    {
        Directory.CreateDirectory(scratch.PathOf("in"));
        var problem = await Assert.ThrowsAsync<FairleadException>(() => scratch.Store.PutTreeAsync(scratch.PathOf("in"), ["gone"], CancellationToken.None));
        Assert.Equal(ProblemKind.NotFound, problem.Kind);
        Assert.Contains("gone", problem.Message);
    }

    [Theory]
    [InlineData("../out")]
    [InlineData("/tmp/out")]
    [InlineData("a/../../out")]
    [InlineData("a/./b")]
    [InlineData("a\\b")]
    [InlineData("a\0b")]
    [InlineData("")]
    public async Task Materialize_HostileManifest_IsRefusedAndWritesNothing(string path)
    {
        var file = await scratch.Store.PutBytesAsync("evil"u8.ToArray(), CancellationToken.None);
        var manifest = TreeManifest.Encode([new TreeEntry(path, false, 4, file.Digest)]);
        var tree = await scratch.Store.PutBytesAsync(manifest, CancellationToken.None);

        var problem = await Assert.ThrowsAsync<FairleadException>(() =>
            scratch.Store.MaterializeAsync(tree with { Kind = ArtifactKind.Tree }, scratch.PathOf("target/folder"), CancellationToken.None));

        Assert.Equal(ProblemKind.Damaged, problem.Kind);
        Assert.Equal([scratch.StoreFolder], Directory.EnumerateFileSystemEntries(scratch.Root));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"mediaType":"application/vnd.fairlead.tree.v1+json","files":{}}""")]
    [InlineData("""{"mediaType":"application/vnd.fairlead.tree.v1+json","files":[] }""")]
    [InlineData("""{"mediaType":"application/vnd.fairlead.tree.v2+json","files":[]}""")]
    [InlineData("""{"mediaType":"application/vnd.fairlead.tree.v1+json","files":[{"path":null,"executable":false,"size":0,"digest":"x"}]}""")]
    public async Task ReadTree_OfSomethingElse_IsDamaged(string content)
    {
        var blob = await scratch.Store.PutBytesAsync(System.Text.Encoding.UTF8.GetBytes(content), CancellationToken.None);
        Assert.Equal(ProblemKind.Damaged, (await Assert.ThrowsAsync<FairleadException>(() => scratch.Store.ReadTreeAsync(blob.Digest, CancellationToken.None))).Kind);
    }

    [Fact]
    public void Encode_OddNames_AreTheseBytesAndReadAgain()
    {
        var digest = Digest.Of("x"u8);
        TreeEntry[] entries = [new("a \"b\"\n\u0001é😀", true, long.MaxValue, digest), new("z/+<>&'", false, 0, digest)];

        var text = TreeManifest.Encode(entries);

        Assert.Equal(
            $$$"""{"mediaType":"application/vnd.fairlead.tree.v1+json","files":[{"path":"a \u0022b\u0022\u000a\u0001é😀","executable":true,"size":9223372036854775807,"digest":"{{{digest}}}"},{"path":"z/+<>&'","executable":false,"size":0,"digest":"{{{digest}}}"}]}""",
            System.Text.Encoding.UTF8.GetString(text.Span));
        Assert.Equal(entries, TreeManifest.Decode(text.Span, default));
    }

    [Theory]
    [InlineData("b", "a")]
    [InlineData("a", "a")]
    [InlineData("a", "a-b", "a/b")]
    public void Decode_PathsInWrongOrderOrTwice_AreRefused(params string[] paths)
    {
        var text = TreeManifest.Encode([.. paths.Select(path => new TreeEntry(path, false, 1, Digest.Of("x"u8)))]);

        var problem = Assert.Throws<FairleadException>(() => TreeManifest.Decode(text.Span, default));

        Assert.True(problem.Kind is ProblemKind.Damaged or ProblemKind.Invalid);
    }

    [Fact]
    public void Decode_FlippedAndCutManifests_AreRefusedOrCanonical()
    {
        var random = new Random(3);
        var good = TreeManifest.Encode([.. Enumerable.Range(0, 5).Select(i => new TreeEntry($"dir/file{i}", i == 2, i, Digest.Of([(byte)i])))]).ToArray();
        for (var i = 0; i < 5_000; i++)
        {
            var bytes = good[..random.Next(1, good.Length + 1)];
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                Assert.Equal(bytes, TreeManifest.Encode(TreeManifest.Decode(bytes, default)).ToArray());
            }
            catch (FairleadException e)
            {
                Assert.True(e.Kind is ProblemKind.Damaged or ProblemKind.Invalid);
            }
        }
    }

    [Fact]
    public async Task PutAndMaterialize_RandomTrees_AreEqual()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var source = scratch.PathOf($"in{seed}");
            Directory.CreateDirectory(source);
            for (var i = random.Next(20); i >= 0; i--)
            {
                var name = string.Join('/', Enumerable.Range(0, random.Next(1, 4)).Select(depth => $"{"abcé 'ß"[random.Next(7)]}{depth}")) + $"/f{i}";
                var path = scratch.Write($"in{seed}/{name}", Scratch.Bytes(i, random.Next(10) == 0 ? 1_500_000 : random.Next(5000)));
                if (random.Next(3) == 0)
                    File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            }

            var tree = await scratch.Store.PutAsync(source, CancellationToken.None);
            await scratch.Store.MaterializeAsync(tree, scratch.PathOf($"out{seed}"), CancellationToken.None);

            Assert.True(scratch.Store.Contains(tree));
            Assert.Equal(Listing(source), Listing(scratch.PathOf($"out{seed}")));
            Assert.Equal(tree, await scratch.Store.PutAsync(scratch.PathOf($"out{seed}"), CancellationToken.None));
        }
    }

    public void Dispose() => scratch.Dispose();

    private static List<(string, Digest, bool)> Listing(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(f => (Path.GetRelativePath(folder, f), Digest.Of(File.ReadAllBytes(f)), (File.GetUnixFileMode(f) & UnixFileMode.UserExecute) != 0))
            .OrderBy(f => f.Item1, StringComparer.Ordinal)];
}
