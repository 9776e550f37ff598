namespace Fairlead.Artifacts.Tests;

/// <summary>A folder of one test, with a store in it.</summary>
internal sealed class Scratch : IDisposable
{
    private LocalArtifactStore? store;

    public string Root { get; } = Directory.CreateTempSubdirectory("fairlead-artifacts-").FullName;

    public LocalArtifactStore Store => store ??= Open();

    public string StoreFolder => PathOf("store");

    public string PathOf(string name) => Path.Combine(Root, name);

    public LocalArtifactStore Open() => LocalArtifactStore.Open(StoreFolder, TimeProvider.System);

    public string Write(string name, byte[] content)
    {
        var path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    public string Write(string name, string content) => Write(name, System.Text.Encoding.UTF8.GetBytes(content));

    public static byte[] Bytes(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Names of the files that are visible as blobs.</summary>
    public string[] VisibleBlobs() => [.. Directory.EnumerateFiles(Path.Combine(StoreFolder, "blobs", "sha256")).Select(f => Path.GetFileName(f)).Order()];

    public void Dispose()
    {
        store?.Dispose();
        Directory.Delete(Root, recursive: true);
    }
}
