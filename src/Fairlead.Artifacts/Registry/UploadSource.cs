using Fairlead.Domain.Artifacts;
using Microsoft.Win32.SafeHandles;

namespace Fairlead.Artifacts.Registry;

/// <summary>Bytes on the disk that go to a registry.</summary>
/// <param name="Path">Where they are.</param>
internal sealed record UploadSource(string Path, Digest Digest, long Size)
{
    public SafeFileHandle Open() => File.OpenHandle(Path, share: FileShare.Read | FileShare.Delete);
}
