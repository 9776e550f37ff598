using System.Text;
using Fairlead.Domain.Problems;

namespace Fairlead.Platforms.Local.Secrets;

/// <summary>
/// The keys of a key file, one a line in Base64: the first encrypts, all decrypt. The file is Fairlead's own, made when it is first needed, or one that somebody
/// gave.
/// </summary>
internal sealed class SecretKeys(IReadOnlyList<SecretKey> keys)
{
    private const int LargestFile = 64 * 1024;

    public SecretKey First => keys[0];

    public SecretKey? Find(string id) => keys.FirstOrDefault(key => key.Id == id);

    /// <summary>These keys behind another one.</summary>
    public SecretKeys Behind(SecretKey first) => new([first, .. keys]);

    /// <exception cref="FairleadException">Failed: it cannot be read, others can read it, or it holds something else.</exception>
    public static SecretKeys Load(string path)
    {
        try
        {
            RequirePrivate(path);
            using var file = File.OpenRead(path);
            var bytes = new byte[LargestFile];
            var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            var keys = Encoding.UTF8.GetString(bytes, 0, read).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => Parse(line, path)).ToList();
            return keys.Count > 0 ? new SecretKeys(keys) : throw Bad(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FairleadException(ProblemKind.Failed, $"The key of the secrets '{path}' cannot be read: {e.Message} Put it back, or set all secrets again after 'secrets.json' is removed.", e);
        }
    }

    public void Save(string path) => PrivateFile.Write(path, Encoding.ASCII.GetBytes(string.Concat(keys.Select(key => key.ToText() + "\n"))));

    private static SecretKey Parse(string line, string path)
    {
        var key = new byte[SecretKey.Size];
        return Convert.TryFromBase64String(line, key, out var written) && written == SecretKey.Size ? new SecretKey(key) : throw Bad(path);
    }

    private static FairleadException Bad(string path) =>
        FairleadException.Failed($"The key file '{path}' has to hold {SecretKey.Size} bytes in Base64 a line; make one with 'openssl rand -base64 {SecretKey.Size}'.");

    private static void RequirePrivate(string path)
    {
        const UnixFileMode Others = UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
            throw FairleadException.Failed($"The key file '{path}' is not for its owner alone; mend that with 'chmod 600 {path}'.");
    }
}
