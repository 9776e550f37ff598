using System.Diagnostics;
using System.Text.Json.Nodes;
using Fairlead.Artifacts.Registry;
using Fairlead.Artifacts.Registry.Bundles;
using Fairlead.Artifacts.Tests.Fakes;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;

namespace Fairlead.Artifacts.Tests.Registry;

public sealed class RegistryTests : IDisposable
{
    // bcrypt of robot:secret
    private const string Password = "robot:$2b$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a";
    private readonly Scratch here = new();
    private readonly Scratch there = new();
    private readonly MemoryCatalog catalog = new();

    [Fact]
    public async Task PushAndPull_BlobTreeAndRun_ArriveWholeAndAreReadBySkopeo()
    {
        using var registry = await RegistryProcess.StartAsync();
        var options = registry.Options("team/flights");
        for (var i = 0; i < 300; i++)
            here.Write($"data/part={i % 7}/{i}.bin", Scratch.Bytes(i, 1 + (i * 911 % 60_000)));
        here.Write("data/large.bin", Scratch.Bytes(1, 3_000_000));
        here.Write("data/empty", []);
        var tree = await here.Store.PutAsync(here.PathOf("data"), CancellationToken.None);
        catalog.AddVersion("flights", tree);
        var model = await here.Store.PutBytesAsync(Scratch.Bytes(2, 200_000), CancellationToken.None);
        catalog.AddRun("train", Digest.Of("key"u8), new RunOutput("model.onnx", model), new RunOutput("data", tree));

        var desk = Desk(here.Store, options);
        var first = await desk.PushAsync("flights@1", null, CancellationToken.None);
        var seen = new List<long>();
        var second = await desk.PushAsync("run/train-1", progress => seen.Add(progress.Bytes), CancellationToken.None);
        Assert.Equal((first.TotalBlobs, first.TotalBytes), (first.Blobs, first.Bytes));
        Assert.True(second.Skipped > 3_000_000, "what the registry has is sent again");
        Assert.Equal(second.TotalBytes, seen[^1]);

        var fetched = await Desk(there.Store, options).PullAsync("train-1", null, CancellationToken.None);
        Assert.Equal([model, tree], fetched.Roots.OrderBy(root => root.Kind));
        await there.Store.MaterializeAsync(tree, there.PathOf("out"), CancellationToken.None);
        Assert.Equal(["empty", "large.bin"], Directory.GetFiles(there.PathOf("out")).Select(file => Path.GetFileName(file)).Order());
        Assert.True(there.Store.Contains(tree));
        Assert.Empty(await there.Store.FindDamagedAsync(CancellationToken.None));
        Assert.Empty(Directory.GetFiles(there.Store.Layout.Partial));
        var again = (await Desk(there.Store, options).PullAsync("train-1", null, CancellationToken.None)).Progress;
        Assert.Equal(again.TotalBytes, again.Skipped);

        Assert.SkipUnless(File.Exists("/usr/bin/skopeo"), "needs skopeo");
        var inspected = JsonNode.Parse(await SkopeoAsync("inspect", "--tls-verify=false", $"docker://{options.Address}:dataset.flights.1"))!;
        Assert.True(inspected["Layers"]!.AsArray().Count is > 3 and < 20);
        await SkopeoAsync("copy", "-q", "--src-tls-verify=false", $"docker://{options.Address}:run.train-1", $"oci:{here.PathOf("copy")}:x");
    }

    [Theory]
    [InlineData(300_000, long.MaxValue)]
    [InlineData(long.MaxValue, 900_000)]
    public async Task Transfer_CutAgainAndAgain_GoesOnAndArrives(long sent, long received)
    {
        using var registry = await RegistryProcess.StartAsync();
        using var proxy = new CuttingProxy(registry.Port) { SentLimit = sent, ReceivedLimit = received };
        var content = Scratch.Bytes(3, 5_000_000);
        catalog.AddVersion("flights", await here.Store.PutBytesAsync(content, CancellationToken.None));
        var options = registry.Options("x", proxy.Port) with { ChunkBytes = 2 << 20 };

        var pushed = await Desk(here.Store, options).PushAsync("flights@1", null, CancellationToken.None);
        var pulled = await Desk(there.Store, options).PullAsync("flights@1", null, CancellationToken.None);

        Assert.True(proxy.Cuts >= 2, $"only {proxy.Cuts} cuts");
        Assert.Equal(content, await there.Store.ReadAsync(Assert.Single(pulled.Roots).Digest, CancellationToken.None));
        Assert.Equal(pushed.TotalBytes, pushed.Bytes);
        Assert.Equal(pulled.Progress.TotalBytes, pulled.Progress.Bytes);
    }

    [Fact]
    public async Task Pull_EndedInTheMiddle_GoesOnWhereItWas()
    {
        using var registry = await RegistryProcess.StartAsync();
        using var proxy = new CuttingProxy(registry.Port);
        catalog.AddVersion("flights", await here.Store.PutBytesAsync(Scratch.Bytes(3, 4_000_000), CancellationToken.None));
        await Desk(here.Store, registry.Options("x")).PushAsync("flights@1", null, CancellationToken.None);
        (proxy.ReceivedLimit, proxy.MostCuts) = (1_500_000, 1);
        var options = registry.Options("x", proxy.Port) with { Attempts = 1 };
        await Assert.ThrowsAsync<FairleadException>(() => Desk(there.Store, options).PullAsync("flights@1", null, CancellationToken.None));
        var kept = Directory.GetFiles(there.Store.Layout.Partial).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)).Sum(file => new FileInfo(file).Length);
        Assert.InRange(kept, 1_000_000, 1_500_000);

        (proxy.ReceivedLimit, proxy.MostCuts) = (2_800_000, int.MaxValue);
        await Desk(there.Store, options).PullAsync("flights@1", null, CancellationToken.None);
        Assert.Equal(1, proxy.Cuts);
        Assert.Single(there.VisibleBlobs(), name => new FileInfo(Path.Combine(there.StoreFolder, "blobs", "sha256", name)).Length == 4_000_000);
    }

    [Fact]
    public async Task Pull_OfSomethingElseThanWasPushed_IsDamagedAndNothingIsKept()
    {
        using var registry = await RegistryProcess.StartAsync();
        var options = registry.Options("x");
        var blob = await here.Store.PutBytesAsync(Scratch.Bytes(3, 100_000), CancellationToken.None);
        catalog.AddVersion("flights", blob);
        await Desk(here.Store, options).PushAsync("flights@1", null, CancellationToken.None);
        var stored = Directory.GetFiles(registry.Folder, "data", SearchOption.AllDirectories).Single(file => file.Contains(blob.Digest.Hex, StringComparison.Ordinal));
        var content = File.ReadAllBytes(stored);
        content[5000] ^= 1;
        File.WriteAllBytes(stored, content);

        var problem = await Assert.ThrowsAsync<FairleadException>(() => Desk(there.Store, options).PullAsync("flights@1", null, CancellationToken.None));

        Assert.Equal(ProblemKind.Damaged, problem.Kind);
        Assert.Contains(blob.Digest.ToString(), problem.Message);
        Assert.False(there.Store.Contains(blob));
    }

    [Fact]
    public async Task BasicAuthorization_RightWrongAndMissing_AreTold()
    {
        var passwords = here.Write("passwords", Password);
        using var registry = await RegistryProcess.StartAsync(auth: $"auth: {{ htpasswd: {{ realm: test, path: {passwords} }} }}");
        catalog.AddVersion("flights", await here.Store.PutBytesAsync(Scratch.Bytes(3, 1000), CancellationToken.None));
        var options = registry.Options("x");

        await Desk(here.Store, options with { Credentials = () => "robot:secret" }).PushAsync("flights@1", null, CancellationToken.None);
        var wrong = await Assert.ThrowsAsync<FairleadException>(() => Desk(here.Store, options with { Credentials = () => "robot:guess" }).PushAsync("flights@1", null, CancellationToken.None));
        var missing = await Assert.ThrowsAsync<FairleadException>(() => Desk(here.Store, options).PushAsync("flights@1", null, CancellationToken.None));

        Assert.Equal((ProblemKind.Unauthenticated, ProblemKind.Unauthenticated), (wrong.Kind, missing.Kind));
        Assert.Contains("credentials", missing.Message);
        Assert.DoesNotContain("guess", wrong.Message);
    }

    [Fact]
    public async Task TokenAuthorization_TokensOfItsScopes_AreFetchedOnceEach()
    {
        await using var tokens = await TokenServer.StartAsync();
        using var registry = await RegistryProcess.StartAsync(auth: tokens.Section(here.Root));
        for (var i = 0; i < 20; i++)
            here.Write($"data/{i}", Scratch.Bytes(i, 1000));
        catalog.AddVersion("flights", await here.Store.PutAsync(here.PathOf("data"), CancellationToken.None));
        var options = registry.Options("team/x") with { Credentials = () => TokenServer.Credentials, Parallelism = 1 };

        await Desk(here.Store, options).PushAsync("flights@1", null, CancellationToken.None);
        await Desk(there.Store, options).PullAsync("flights@1", null, CancellationToken.None);

        Assert.Equal(["repository:team/x:pull", "repository:team/x:pull", "repository:team/x:pull,push"], tokens.Scopes.Order(StringComparer.Ordinal));
        var refused = await Assert.ThrowsAsync<FairleadException>(() => Desk(here.Store, options with { Credentials = () => "robot:guess" }).PullAsync("flights@1", null, CancellationToken.None));
        Assert.Equal(ProblemKind.Unauthenticated, refused.Kind);
    }

    [Fact]
    public async Task Names_ThatNobodyKnows_AreToldWithTheCure()
    {
        using var registry = await RegistryProcess.StartAsync();
        var desk = Desk(here.Store, registry.Options("x"));
        Assert.Equal(ProblemKind.NotFound, (await Assert.ThrowsAsync<FairleadException>(() => desk.PushAsync("flights@7", null, CancellationToken.None))).Kind);
        Assert.Equal(ProblemKind.NotFound, (await Assert.ThrowsAsync<FairleadException>(() => desk.PullAsync("flights@7", null, CancellationToken.None))).Kind);
        Assert.Equal(ProblemKind.Invalid, (await Assert.ThrowsAsync<FairleadException>(() => desk.PushAsync("flights", null, CancellationToken.None))).Kind);
        using var link = new RegistryLink(here.Store, _ => Task.FromResult<StoreDefinition?>(null), _ => throw new InvalidOperationException("nobody asked"), TimeProvider.System);
        catalog.AddVersion("flights", await here.Store.PutBytesAsync(Scratch.Bytes(3, 1000), CancellationToken.None));
        var none = await Assert.ThrowsAsync<FairleadException>(() => new BundleDesk(here.Store, link, catalog, catalog, catalog, catalog, TimeProvider.System).PushAsync("flights@1", null, CancellationToken.None));
        Assert.Contains("store:", none.Message);
    }

    public void Dispose()
    {
        here.Dispose();
        there.Dispose();
    }

    internal static BundleDesk Desk(LocalArtifactStore store, MemoryCatalog catalog, RegistryOptions options)
    {
        var definition = new StoreDefinition(options.Address.ToString(), options.Address.IsPlain, null, null, true);
        return new BundleDesk(store, new RegistryLink(store, _ => Task.FromResult<StoreDefinition?>(definition), _ => options, TimeProvider.System), catalog, catalog, catalog, catalog, TimeProvider.System);
    }

    private BundleDesk Desk(LocalArtifactStore store, RegistryOptions options) => Desk(store, catalog, options);

    private static async Task<string> SkopeoAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("skopeo", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await error);
        return output;
    }
}
