using System.Security.Cryptography;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Serving.States;

namespace Fairlead.Serving.Capturing;

/// <summary>The project's key for hashed fields: made when it is first needed, readable by its owner alone, and the same from then on.</summary>
internal sealed class CaptureKeyFile(StateFolder folder)
{
    private readonly Lock gate = new();
    private CaptureHash? hash;

    /// <exception cref="FairleadException">Failed: the key is damaged, or can be neither read nor made.</exception>
    public CaptureHash Open()
    {
        lock (gate)
            return hash ??= new CaptureHash(ReadOrMake());
    }

    private byte[] ReadOrMake()
    {
        try
        {
            if (!File.Exists(folder.CaptureKey))
                Make();
            var key = File.ReadAllBytes(folder.CaptureKey);
            return key.Length == CaptureHash.KeySize
                ? key
                : throw FairleadException.Failed($"The key of hashed fields '{folder.CaptureKey}' has {key.Length} bytes and not {CaptureHash.KeySize}; restore it, or remove it for a new one, whose hashes no earlier ones equal.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FairleadException(ProblemKind.Failed, $"The key of hashed fields '{folder.CaptureKey}' cannot be read or made: {e.Message}", e);
        }
    }

    private void Make()
    {
        Directory.CreateDirectory(folder.Host);
        var temporary = folder.CaptureKey + ".new";
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(temporary, options))
        {
            file.Write(RandomNumberGenerator.GetBytes(CaptureHash.KeySize));
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, folder.CaptureKey, overwrite: false);
        FolderSync.Run(folder.Host);
    }
}
