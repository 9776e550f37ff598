namespace Fairlead.Steps.Tests.Support;

/// <summary>Waits for what another process does, where no signal can be awaited.</summary>
internal static class Until
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    public static async Task Holds(Func<bool> condition)
    {
        while (!condition())
            await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
    }

    public static Task FileHolds(string path) => Holds(() => File.Exists(path) && File.ReadAllText(path).EndsWith('\n'));

    public static Task Gone(int process) => Holds(() => !IsAlive(process));

    public static bool IsAlive(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }
}
