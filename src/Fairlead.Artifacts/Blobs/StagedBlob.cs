using Fairlead.Domain.Artifacts;

namespace Fairlead.Artifacts.Blobs;

/// <summary>Bytes that were written and hashed but are not in the store yet. Disposing one that was not published removes it.</summary>
/// <param name="isReadOnly">The file has the mode of a blob already.</param>
internal sealed class StagedBlob(string path, Digest digest, long size, bool isReadOnly = false) : IDisposable
{
    public bool IsReadOnly => isReadOnly;

    public string Path => path;

    public Digest Digest => digest;

    public long Size => size;

    /// <summary>Removes the file; does nothing once it was renamed into the store.</summary>
    public void Dispose() => File.Delete(path);
}
