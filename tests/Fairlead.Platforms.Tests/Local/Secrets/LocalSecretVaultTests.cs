using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Platforms.Local.Secrets;
using Fairlead.Testing;

namespace Fairlead.Platforms.Tests.Local.Secrets;

public sealed class LocalSecretVaultTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly StateFolder state;
    private readonly LocalSecretVault vault;

    public LocalSecretVaultTests()
    {
        state = new StateFolder(folder.Path);
        vault = new LocalSecretVault(state, TimeProvider.System);
    }

    private string SecretFile => Path.Combine(state.Secrets, "secrets.json");

    private string KeyFile => Path.Combine(state.Secrets, "key");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Resolve_ValueOfTheEnvironment_GoesBeforeThatOfAll()
    {
        vault.Set("db", null, "of all", "ada");
        vault.Set("db", "prod", "of prod", "ada");
        Assert.Equal(("of prod", "of all"), (Reveal("db", "prod"), Reveal("db", "stage")));
        vault.Remove("db", "prod");
        Assert.Equal("of all", Reveal("db", "prod"));
        Assert.Equal(["db  1 ada"], vault.List().Select(secret => $"{secret.Name} {secret.Environment} {secret.Version} {secret.SetBy}"));
    }

    /// <summary>Long enough that half of it would be noticed.</summary>
    internal static string ValueOf(int number) => $"{number}:{new string((char)('a' + (number % 26)), 4000 + (number % 1000))}";

    [Fact]
    public async Task Set_KilledWhileItWrites_LeavesTheOldValueOrTheNewOneAndTheOthers()
    {
        vault.Set("steady", null, "never touched", "ada");
        vault.Set("changing", null, ValueOf(0), "ada");
        var random = new Random(7);
        for (var round = 0; round < Campaign.Rounds(12, 200); round++)
        {
            using var writer = ActorProcess.Start(Actor.SecretWriter, [folder.Path]);
            var done = 0;
            for (var lines = random.Next(1, 40); lines > 0; lines--)
                done = int.Parse((await writer.ReadLineAsync())!, System.Globalization.CultureInfo.InvariantCulture);
            // Anywhere in one of the next writes.
            Thread.SpinWait(random.Next(200_000));
            await writer.KillAsync();

            var found = Reveal("changing", "prod");
            var number = int.Parse(found.AsSpan(0, found.IndexOf(':', StringComparison.Ordinal)), System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(ValueOf(number), found);
            Assert.True(number >= done, $"What was done up to {done} was lost: {number}.");
            Assert.Equal("never touched", Reveal("steady", "prod"));
            Assert.Equal(["changing", "steady"], vault.List().Select(secret => secret.Name));
            vault.Set("changing", null, ValueOf(0), "ada");
            Assert.Equal(ValueOf(0), Reveal("changing", "prod"));
        }
    }

    [Fact]
    public void Set_Again_RaisesTheVersionAlsoAfterItWasRemoved()
    {
        vault.Set("db", null, "one", "ada");
        Assert.Equal(2, vault.Set("db", null, "two", "ada").Version);
        vault.Remove("db", null);
        Assert.Null(vault.FindVersion("db", "prod"));
        Assert.Equal(3, vault.Set("db", null, "two", "ada").Version);
    }

    [Fact]
    public void Files_HoldNoValueAndAreForTheirOwnerAlone()
    {
        vault.Set("db", "prod", "a very secret value", "ada");
        Assert.DoesNotContain("secret value", File.ReadAllText(SecretFile), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(SecretFile));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(state.Secrets));
    }

    [Theory]
    [InlineData("name", "other")]
    [InlineData("environment", "stage")]
    [InlineData("version", "7")]
    public void Resolve_SecretMovedToAnotherPlace_IsDamaged(string member, string value)
    {
        vault.Set("db", "prod", "value", "ada");
        var document = JsonNode.Parse(File.ReadAllText(SecretFile))!;
        document["secrets"]![0]![member] = member == "version" ? JsonValue.Create(int.Parse(value)) : JsonValue.Create(value);
        File.WriteAllText(SecretFile, document.ToJsonString());
        var damaged = Assert.Throws<FairleadException>(() => Reveal(member == "name" ? value : "db", member == "environment" ? value : "prod"));
        Assert.Equal(ProblemKind.Damaged, damaged.Kind);
    }

    [Fact]
    public void Resolve_AnyByteAltered_IsRefusedAndNeverAnotherValue()
    {
        vault.Set("db", null, "the only value", "ada");
        var good = File.ReadAllText(SecretFile);
        var random = new Random(20260302);
        for (var round = 0; round < 500; round++)
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(good);
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(7));
            File.WriteAllBytes(SecretFile, bytes);
            try
            {
                Assert.Equal("the only value", Reveal("db", "prod"));
            }
            catch (FairleadException)
            {
                // As it should be.
            }
        }
    }

    [Fact]
    public void Rotate_NewKey_KeepsTheValuesAndForgetsTheOldKey()
    {
        vault.Set("a", null, "value of a", "ada");
        vault.Set("b", "prod", "value of b", "ada");
        var (oldKey, oldFile) = (File.ReadAllText(KeyFile), File.ReadAllText(SecretFile));
        Assert.Equal(2, vault.Rotate());
        Assert.Equal(("value of a", "value of b"), (Reveal("a", "prod"), Reveal("b", "prod")));
        Assert.NotEqual(oldKey, File.ReadAllText(KeyFile));
        Assert.Single(File.ReadAllLines(KeyFile));
        Assert.Equal((1, 2), (vault.FindVersion("a", "prod"), vault.FindVersion("b", "prod")));
        File.WriteAllText(SecretFile, oldFile);
        Assert.Throws<FairleadException>(() => Reveal("a", "prod"));
    }

    [Fact]
    public void Rotate_EndedAfterTheKeysWereWritten_LosesNothing()
    {
        vault.Set("a", null, "value of a", "ada");
        var old = File.ReadAllText(KeyFile);
        File.WriteAllText(KeyFile, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) + "\n" + old);
        Assert.Equal("value of a", Reveal("a", "prod"));
        vault.Rotate();
        Assert.Equal("value of a", Reveal("a", "prod"));
    }

    [Fact]
    public void KeyFile_OfOnesOwn_IsUsedAndNeverWritten()
    {
        var path = Path.Combine(folder.Path, "own");
        File.WriteAllText(path, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead);
        var own = new LocalSecretVault(state, TimeProvider.System, path);
        own.Set("a", null, "value of a", "ada");
        Assert.False(File.Exists(KeyFile));
        var text = File.ReadAllText(path);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(path, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) + "\n" + text);
        Assert.Equal(1, own.Rotate());
        File.WriteAllText(path, File.ReadAllLines(path)[0]);
        Assert.Equal("value of a", own.Resolve(new SecretReference(SecretKind.Kept, "a"), "prod"));
    }

    [Theory]
    [InlineData("not base64", "has to hold 32 bytes in Base64")]
    [InlineData("AAAA", "has to hold 32 bytes in Base64")]
    [InlineData("", "has to hold 32 bytes in Base64")]
    public void KeyFile_OfAnotherForm_IsRefused(string text, string message)
    {
        vault.Set("a", null, "value", "ada");
        File.WriteAllText(KeyFile, text);
        Assert.Contains(message, Assert.Throws<FairleadException>(() => Reveal("a", "prod")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void KeyFile_ThatOthersCanRead_IsRefused()
    {
        vault.Set("a", null, "value", "ada");
        File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Assert.Contains("chmod 600", Assert.Throws<FairleadException>(() => Reveal("a", "prod")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void KeyFile_Lost_IsNotReplacedInSilence()
    {
        vault.Set("a", null, "value", "ada");
        File.Delete(KeyFile);
        Assert.Contains("cannot be read", Assert.Throws<FairleadException>(() => vault.Set("b", null, "value", "ada")).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(KeyFile));
    }

    [Theory]
    [InlineData("Db", "x")]
    [InlineData("", "x")]
    [InlineData("../db", "x")]
    [InlineData("db\n", "x")]
    [InlineData("db", "")]
    [InlineData("db", "a\0b")]
    public void Set_BadNameOrValue_IsRefusedWithoutTheValue(string name, string value)
    {
        var refused = Assert.Throws<FairleadException>(() => vault.Set(name, null, value, "ada"));
        Assert.Equal(ProblemKind.Invalid, refused.Kind);
        Assert.False(File.Exists(SecretFile));
    }

    [Fact]
    public void Remove_Unknown_NamesTheNearest()
    {
        vault.Set("db_password", null, "value", "ada");
        Assert.Contains("did you mean 'db_password'?", Assert.Throws<FairleadException>(() => vault.Remove("db_pasword", null)).Message, StringComparison.Ordinal);
    }

    private string Reveal(string name, string environment) => vault.Resolve(new SecretReference(SecretKind.Kept, name), environment);
}
