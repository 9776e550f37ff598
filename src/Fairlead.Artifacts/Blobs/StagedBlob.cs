using Fairlead.Domain.Artifacts;

namespace Fairlead.Artifacts.Blobs;

/// <summary>Bytes that were written and hashed but are not in the store yet. Disposing one that was not published removes it.</summary>
internal sealed class StagedBlob(string path, Digest digest, long size) : IDisposable
{
    public string Path => path;

    public Digest Digest => digest;

    public long Size => size;

    /// <summary>Removes the file; does nothing once it was renamed into the store.</summary>
    public void Dispose() => File.Delete(path);
}
