namespace Fairlead.Platforms.Local.Secrets;

/// <summary>What the file of the secrets holds.</summary>
/// <param name="Last">The version that was given last.</param>
internal sealed record SecretDocument(int Format, int Last, IReadOnlyList<StoredSecret> Secrets)
{
    public const int CurrentFormat = 1;

    public static readonly SecretDocument Empty = new(CurrentFormat, 0, []);

    public StoredSecret? Find(string name, string? environment) => Secrets.FirstOrDefault(secret => secret.Name == name && secret.Environment == environment);
}
