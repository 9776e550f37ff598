using Fairlead.Testing;

namespace Fairlead.Artifacts.Tests.Keeping;

/// <summary>Stores of very many blobs.</summary>
public sealed class ManyBlobsTests : IDisposable
{
    private const int MegabytesBeforeAnyBlob = 32;
    private const int BytesForABlob = 400;
    private readonly Scratch scratch = new();

    /// <summary>The process may have no more managed memory than that; with more it ends.</summary>
    [Fact]
    public async Task Clean_OfVeryManyBlobs_TakesBoundedMemory()
    {
        var count = Campaign.Rounds(20_000, 1_000_000);
        var kept = await scratch.Store.PutBytesAsync(Scratch.Bytes(1, 100), CancellationToken.None);
        MakeBlobs(count);

        var limit = (MegabytesBeforeAnyBlob << 20) + ((long)count * BytesForABlob);
        using var child = ChildProcess.StartCounting(scratch.StoreFolder, kept.Digest.ToString(), limit);
        var printed = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((0, $"{count} 1 {count} 1\n"), (child.ExitCode, printed));
        Assert.Equal([kept.Digest.Hex], scratch.VisibleBlobs());
    }

    public void Dispose() => scratch.Dispose();

    /// <summary>Empty files of random names: what is in a blob that nothing names is not looked at.</summary>
    private void MakeBlobs(int count)
    {
        var folder = Path.Combine(scratch.StoreFolder, "blobs", "sha256");
        var random = new Random(7);
        var name = new byte[32];
        for (var i = 0; i < count; i++)
        {
            random.NextBytes(name);
            File.OpenHandle(Path.Combine(folder, Convert.ToHexStringLower(name)), FileMode.CreateNew, FileAccess.Write).Dispose();
        }
    }
}
