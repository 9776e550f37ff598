using System.Net;
using System.Net.Sockets;
using System.Text;
using Fairlead.Domain.Projects;
using Fairlead.Platforms.Local;
using Fairlead.Platforms.Local.Secrets;
using Fairlead.Platforms.Tests.Local.Instances;
using Fairlead.Platforms.Tests.Local.Secrets;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Platforms.Tests.Local;

/// <summary>What this executable does when a test starts it as another process.</summary>
internal static class Actor
{
    /// <summary>A process that a failed test left behind ends by itself.</summary>
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(5);

    public const string Supervisor = "supervisor";
    public const string Host = "host";
    public const string SilentHost = "silent-host";
    public const string LockHolder = "lock-holder";
    public const string PrintArguments = "print-arguments";
    public const string InstanceHost = "instance-host";
    public const string SecretWriter = "secret-writer";

    public static Task<int> PlayAsync(string role, string[] args) => role switch
    {
        Supervisor => SuperviseAsync(args[0], args[1]),
        Host => ServeAsync(int.Parse(args[0])),
        SilentHost => StayAsync(),
        LockHolder => HoldLockAsync(args[0]),
        PrintArguments => PrintAsync(args),
        SecretWriter => WriteSecrets(args[0]),
        InstanceHost => HostInstanceAsync(args[0], isSandboxed: args[1] == "sandbox"),
        _ => throw new ArgumentException($"No role '{role}'."),
    };

    private static async Task<int> SuperviseAsync(string root, string url)
    {
        using var supervisor = new HostSupervisor(HostSupervisorTests.Launch(root, url, Host), new StateFolder(root), new HostSupervisorOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        var loop = supervisor.RunAsync(CancellationToken.None);
        var status = await supervisor.WaitUntilHealthyAsync(CancellationToken.None);
        Console.WriteLine(status.Process!.Value.Id);
        await loop;
        return 0;
    }

    /// <summary>The least that can be taken for a host.</summary>
    private static async Task<int> ServeAsync(int port)
    {
        Console.WriteLine($"serving as {Environment.ProcessId}");
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        var buffer = new byte[4096];
        using var end = new CancellationTokenSource(LongestLife);
        while (true)
        {
            using var client = await listener.AcceptTcpClientAsync(end.Token);
            try
            {
                await AnswerAsync(client.GetStream(), buffer);
            }
            catch (IOException)
            {
                // The caller was killed while it asked.
            }
        }
    }

    private static async Task AnswerAsync(NetworkStream stream, byte[] buffer)
    {
        var read = await stream.ReadAsync(buffer);
        var isStatus = Encoding.ASCII.GetString(buffer, 0, read).StartsWith("GET /fairlead/status ", StringComparison.Ordinal);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {(isStatus ? "200 OK" : "500 Wrong")}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
    }

    private static async Task<int> StayAsync()
    {
        await Task.Delay(LongestLife, TimeProvider.System);
        return 0;
    }

    private static async Task<int> HoldLockAsync(string path)
    {
        using var held = await SingleInstanceLock.AcquireAsync(path, "the lock's holder", TimeProvider.System, CancellationToken.None);
        Console.WriteLine("held");
        return await StayAsync();
    }

    private static async Task<int> HostInstanceAsync(string root, bool isSandboxed)
    {
        using var world = new InstanceWorld(root);
        var instance = await world.StartAsync(InstanceWorld.Family, isSandboxed, InstanceWorld.FamilyFiles);
        Console.WriteLine(instance.Label);
        return await StayAsync();
    }

    /// <summary>Sets one secret again and again, changes the key now and then, and says what is done.</summary>
    private static Task<int> WriteSecrets(string root)
    {
        var vault = new LocalSecretVault(new StateFolder(root), TimeProvider.System);
        for (var number = 1; number < 100_000; number++)
        {
            vault.Set("changing", null, LocalSecretVaultTests.ValueOf(number), "ada");
            if (number % 3 == 0)
                vault.Rotate();
            Console.WriteLine(number);
        }

        return Task.FromResult(0);
    }

    private static Task<int> PrintAsync(string[] args)
    {
        foreach (var arg in args)
            Console.WriteLine($"[{arg}]");
        return Task.FromResult(0);
    }
}
