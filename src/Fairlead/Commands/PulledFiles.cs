using System.Security.Cryptography;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Problems;
using Fairlead.Web.Contracts;

namespace Fairlead.Commands;

/// <summary>A folder that files of runs are written to, each whole or not at all, with its digest checked.</summary>
internal sealed class PulledFiles(string folder, bool mayReplace)
{
    public string Folder => folder;

    /// <exception cref="FairleadException">Damaged: its name leads out of the folder.</exception>
    public string PathOf(RunFile file)
    {
        var path = Path.GetFullPath(Path.Combine(folder, file.Path));
        return path.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal)
            ? path
            : throw FairleadException.Damaged($"The file '{AuditText.Clean(file.Path, 200)}' would be written outside of '{folder}' and is refused.");
    }

    /// <exception cref="FairleadException">Conflict: something else is there.</exception>
    public void Check(RunFile file)
    {
        var path = PathOf(file);
        if (Directory.Exists(path) || (File.Exists(path) && !mayReplace && !IsSame(path, file)))
            throw FairleadException.Conflict($"There is something else at '{path}'; name another folder, or write over it by '--force'.");
    }

    /// <param name="copy">Writes the bytes into the stream.</param>
    /// <returns>False when it was there already.</returns>
    /// <exception cref="FairleadException">Damaged: what came are other bytes.</exception>
    public async Task<bool> WriteAsync(RunFile file, Func<Stream, Task> copy, CancellationToken cancellationToken)
    {
        var path = PathOf(file);
        if (File.Exists(path) && IsSame(path, file))
            return false;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var partial = Path.Combine(Path.GetDirectoryName(path)!, $".fairlead-{Guid.NewGuid():n}.partial");
        try
        {
            await using (var stream = File.Create(partial))
                await copy(stream);
            cancellationToken.ThrowIfCancellationRequested();
            if (!IsSame(partial, file))
                throw FairleadException.Damaged($"The bytes of '{file.Path}' are not those that were recorded ('{file.Digest}'); look for damage by 'fairlead fsck'.");
            if (file.Executable && !OperatingSystem.IsWindows())
                File.SetUnixFileMode(partial, File.GetUnixFileMode(partial) | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
            File.Move(partial, path, overwrite: true);
            return true;
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static bool IsSame(string path, RunFile file)
    {
        using var stream = File.OpenRead(path);
        return stream.Length == file.Size && Digest.FromHash(SHA256.HashData(stream)).ToString() == file.Digest;
    }
}
