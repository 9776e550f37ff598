using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;

namespace Fairlead.Platforms.Local.Secrets;

/// <summary>
/// Secrets in a file of the state folder, encrypted. The control plane writes it, and hosts on the same machine read it when they start instances, so that no value
/// passes between the two.
/// </summary>
public sealed partial class LocalSecretVault : ISecretVault, ISecretSource
{
    /// <summary>The environment variable that names a key file of one's own.</summary>
    public const string KeyFileVariable = "FAIRLEAD_SECRETS_KEY_FILE";

    /// <summary>Bytes of a value.</summary>
    public const int Longest = 8 * 1024;
    private const int Attempts = 3;
    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly string file;
    private readonly string keyFile;
    private readonly bool hasOwnKey;

    /// <param name="keyFile">A key file that somebody keeps elsewhere; null for one in the state folder, which is made when it is first needed.</param>
    public LocalSecretVault(StateFolder state, TimeProvider time, string? keyFile = null)
    {
        this.time = time;
        file = Path.Combine(state.Secrets, "secrets.json");
        this.keyFile = keyFile ?? Path.Combine(state.Secrets, "key");
        hasOwnKey = keyFile is null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<SecretEntry> List() =>
        [.. Read().Secrets.Select(Describe).OrderBy(secret => secret.Name, StringComparer.Ordinal).ThenBy(secret => secret.Environment, StringComparer.Ordinal)];

    /// <inheritdoc/>
    public int? FindVersion(string name, string environment) => FindFor(Read(), name, environment)?.Version;

    /// <inheritdoc/>
    public SecretEntry Set(string name, string? environment, string value, string user)
    {
        if (!Name().IsMatch(name))
            throw FairleadException.Invalid($"'{name}' is no name for a secret; use lower-case letters, digits and '_', a letter first, 63 at most.");
        var bytes = Encoding.UTF8.GetBytes(value);
        if (bytes.Length is 0 or > Longest || value.Contains('\0', StringComparison.Ordinal))
            throw FairleadException.Invalid($"The value of '{name}' cannot be kept: give 1 to {Longest} bytes without NUL, or keep it in a file and refer to it by 'file:'.");
        lock (gate)
        {
            var document = Read();
            var made = KeysToWrite(document).First.Encrypt(new StoredSecret(name, environment, document.Last + 1, time.GetUtcNow(), user, "", [], [], []), bytes);
            var others = document.Secrets.Where(secret => secret.Name != name || secret.Environment != environment);
            Write(document with { Last = made.Version, Secrets = [.. others, made] });
            return Describe(made);
        }
    }

    /// <inheritdoc/>
    public void Remove(string name, string? environment)
    {
        lock (gate)
        {
            var document = Read();
            if (document.Find(name, environment) is not { } found)
                throw FairleadException.NotFound($"There is no secret '{name}'{(environment is null ? "" : $" of '{environment}'")} ({NearestName.Hint(name, [.. document.Secrets.Select(secret => secret.Name).Distinct()])}).");
            Write(document with { Secrets = [.. document.Secrets.Where(secret => secret != found)] });
        }
    }

    /// <inheritdoc/>
    public int Rotate()
    {
        lock (gate)
        {
            var document = Read();
            var keys = KeysToWrite(document);

            // Both keys are on disk until the last secret is encrypted anew, so that it may end anywhere in between.
            var next = hasOwnKey ? keys.Behind(SecretKey.Create()) : keys;
            var secrets = document.Secrets.Select(secret => next.First.Encrypt(secret, KeyOf(keys, secret).Decrypt(secret))).ToList();
            if (hasOwnKey)
                Guard(() => next.Save(keyFile));
            Write(document with { Secrets = secrets });
            if (hasOwnKey)
                Guard(() => new SecretKeys([next.First]).Save(keyFile));
            return secrets.Count;
        }
    }

    /// <inheritdoc/>
    public string Resolve(SecretReference reference, string environment) => reference.Kind switch
    {
        SecretKind.Kept => Reveal(reference.Target, environment),
        SecretKind.Variable => Environment.GetEnvironmentVariable(reference.Target) is { Length: > 0 } value
            ? value
            : throw FairleadException.NotFound($"The secret '{reference}' of '{environment}' is not there: the variable '{reference.Target}' is not set in the host's environment; set it and start the host again."),
        _ => ReadFile(reference, environment),
    };

    private string Reveal(string name, string environment)
    {
        for (var attempt = 1; ; attempt++)
        {
            var secret = FindFor(Read(), name, environment)
                ?? throw FairleadException.NotFound($"There is no secret '{name}' for '{environment}': set it with 'fairlead secret set {name} --environment {environment}'.");
            var keys = SecretKeys.Load(keyFile);

            // Between the two readings the key may have been changed.
            if (keys.Find(secret.Key) is { } key || attempt == Attempts)
                return Encoding.UTF8.GetString(KeyOf(keys, secret).Decrypt(secret));
        }
    }

    private static string ReadFile(SecretReference reference, string environment)
    {
        try
        {
            using var stream = File.OpenRead(reference.Target);
            var bytes = new byte[Longest + 1];
            var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            var value = Encoding.UTF8.GetString(bytes, 0, read);
            if (read == 0 || read > Longest || value.Contains('\0', StringComparison.Ordinal))
                throw FairleadException.Failed($"The secret '{reference}' of '{environment}' has to be 1 to {Longest} bytes of text without NUL.");
            return value.EndsWith('\n') ? value[..^1].TrimEnd('\r') : value;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw FairleadException.NotFound($"The secret '{reference}' of '{environment}' is not there: no such file on the host; put it there, or refer to another.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FairleadException(ProblemKind.Failed, $"The secret '{reference}' of '{environment}' cannot be read by the host: {e.Message}", e);
        }
    }

    private static StoredSecret? FindFor(SecretDocument document, string name, string environment) => document.Find(name, environment) ?? document.Find(name, null);

    private SecretKey KeyOf(SecretKeys keys, StoredSecret secret) => keys.Find(secret.Key)
        ?? throw FairleadException.Failed($"The secret '{secret.Name}' is encrypted with the key {secret.Key}, which '{keyFile}' does not hold; add that key as a further line, or set the secret again.");

    /// <summary>One is made when nothing is encrypted with another.</summary>
    private SecretKeys KeysToWrite(SecretDocument document)
    {
        if (hasOwnKey && document.Secrets.Count == 0 && !File.Exists(keyFile))
            Guard(() => new SecretKeys([SecretKey.Create()]).Save(keyFile));
        return SecretKeys.Load(keyFile);
    }

    private SecretDocument Read()
    {
        try
        {
            var document = JsonSerializer.Deserialize(File.ReadAllBytes(file), SecretsJson.Default.SecretDocument);
            if (document?.Secrets is not null && document.Secrets.Any(secret => secret is null or { Name: null } or { Nonce: null } or { Value: null } or { Tag: null }))
                throw Damaged(null);
            return document is { Format: SecretDocument.CurrentFormat, Secrets: not null }
                ? document
                : throw FairleadException.Failed($"The file of the secrets '{file}' has a format that this program does not read; use the program that wrote it.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return SecretDocument.Empty;
        }
        catch (JsonException e)
        {
            throw Damaged(e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FairleadException(ProblemKind.Failed, $"The file of the secrets '{file}' cannot be read: {e.Message}", e);
        }
    }

    private FairleadException Damaged(Exception? cause) =>
        new(ProblemKind.Damaged, $"The file of the secrets '{file}' is damaged: put back a copy, or remove it and set the secrets again.", cause);

    private void Write(SecretDocument document) => Guard(() => PrivateFile.Write(file, JsonSerializer.SerializeToUtf8Bytes(document, SecretsJson.Default.SecretDocument)));

    private void Guard(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FairleadException(ProblemKind.Failed, $"The secrets cannot be written below '{Path.GetDirectoryName(file)}': {e.Message}", e);
        }
    }

    private static SecretEntry Describe(StoredSecret secret) => new(secret.Name, secret.Environment, secret.Version, secret.SetAt, secret.SetBy);

    [GeneratedRegex(@"^[a-z][a-z0-9_]{0,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
