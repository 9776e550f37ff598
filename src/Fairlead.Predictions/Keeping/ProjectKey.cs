using System.Security.Cryptography;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;

namespace Fairlead.Predictions.Keeping;

/// <summary>The key of the hashes that stand for values in the capture log, and for units in what is recorded of them.</summary>
internal static class ProjectKey
{
    /// <summary>Reads the key, or makes it when nobody needed one yet.</summary>
    /// <exception cref="FairleadException">Failed: it cannot be read, or is none.</exception>
    public static byte[] Read(StateFolder folder)
    {
        try
        {
            if (!File.Exists(folder.CaptureKey))
                Create(folder.CaptureKey);
            var key = File.ReadAllBytes(folder.CaptureKey);
            return key.Length == CaptureHash.KeySize
                ? key
                : throw FairleadException.Failed($"The key of hashed fields '{folder.CaptureKey}' has {key.Length} bytes and not {CaptureHash.KeySize}; restore it from a backup.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FairleadException(ProblemKind.Failed, $"The key of hashed fields '{folder.CaptureKey}' cannot be read or made: {e.Message}", e);
        }
    }

    private static void Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = path + ".control";
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(temporary, options))
        {
            file.Write(RandomNumberGenerator.GetBytes(CaptureHash.KeySize));
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // The host made one at the same moment: there is one key.
            File.Delete(temporary);
        }
    }
}
