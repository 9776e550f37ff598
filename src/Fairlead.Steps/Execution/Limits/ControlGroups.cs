using Fairlead.Domain.Projects;
using Microsoft.Extensions.Logging;

namespace Fairlead.Steps.Execution.Limits;

/// <summary>Where on this machine control groups can be made: below the group of this process, or, for who may, below the root.</summary>
internal sealed class ControlGroups
{
    private static readonly string[] Controllers = ["cpu", "memory", "pids"];
    private static readonly string[] OldControllers = [.. Controllers, "cpuacct"];
    private readonly string? unified;
    private readonly IReadOnlyDictionary<string, string>? hierarchies;

    private ControlGroups(string? unified, IReadOnlyDictionary<string, string>? hierarchies) => (this.unified, this.hierarchies) = (unified, hierarchies);

    public string Mode => unified is null ? "cgroup v1" : "cgroup v2";

    /// <summary>Null where none can be made.</summary>
    /// <param name="mounts">Such as <c>/proc/self/mounts</c>.</param>
    /// <param name="membership">Such as <c>/proc/self/cgroup</c>.</param>
    public static ControlGroups? Find(string mounts = "/proc/self/mounts", string membership = "/proc/self/cgroup")
    {
        if (!File.Exists(mounts) || !File.Exists(membership))
            return null;
        var points = File.ReadLines(mounts).Select(line => line.Split(' ')).Where(fields => fields.Length > 3).ToList();
        // id:controllers:path, without controllers for the unified hierarchy
        var own = File.ReadLines(membership).Select(line => line.Split(':', 3)).Where(fields => fields.Length == 3).ToDictionary(fields => fields[1], fields => fields[2], StringComparer.Ordinal);
        if (points.Find(fields => fields[2] == "cgroup2") is { } point && FindUnified(Decode(point[1]), own.GetValueOrDefault("", "/")) is { } folder)
            return new ControlGroups(folder, null);
        var old = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var controller in OldControllers)
        {
            var mount = points.Find(fields => fields[2] == "cgroup" && fields[3].Split(',').Contains(controller));
            var path = own.FirstOrDefault(pair => pair.Key.Split(',').Contains(controller)).Value;
            if (mount is null || path is null || Parents(Decode(mount[1]), path).FirstOrDefault(CanHoldGroups) is not { } parent)
                return null;
            old.Add(controller, parent);
        }

        return new ControlGroups(null, old);
    }

    /// <param name="record">The file that names the group while it is there.</param>
    public ControlGroup Create(string name, string record, StepResources resources, ILogger logger)
    {
        var folders = unified is not null
            ? new Dictionary<string, string>(StringComparer.Ordinal) { [""] = Path.Combine(unified, name) }
            : hierarchies!.ToDictionary(pair => pair.Key, pair => Path.Combine(pair.Value, name), StringComparer.Ordinal);
        try
        {
            return unified is not null ? new ControlGroupV2(folders[""], record, resources, logger) : new ControlGroupV1(folders, record, resources, logger);
        }
        catch
        {
            ControlGroup.Remove([.. folders.Values.Distinct(StringComparer.Ordinal)], logger);
            throw;
        }
    }

    /// <summary>As the table of mounts writes names: blanks as three octal digits.</summary>
    private static string Decode(string name) => name.Replace("\\040", " ", StringComparison.Ordinal).Replace("\\134", "\\", StringComparison.Ordinal);

    private static IEnumerable<string> Parents(string mount, string own) => new[] { Path.Join(mount, own.TrimEnd('/')), mount }.Distinct(StringComparer.Ordinal).Where(Directory.Exists);

    private static string? FindUnified(string mount, string own)
    {
        foreach (var parent in Parents(mount, own))
        {
            var available = ReadWords(Path.Combine(parent, "cgroup.controllers"));
            if (Controllers.All(available.Contains) && Share(parent) && CanHoldGroups(parent))
                return parent;
        }

        return null;
    }

    /// <summary>Lets groups below have the controllers. The system refuses that where processes are directly in the group, unless it is the root.</summary>
    private static bool Share(string parent)
    {
        var file = Path.Combine(parent, "cgroup.subtree_control");
        var shared = ReadWords(file);
        if (Controllers.All(shared.Contains))
            return true;
        try
        {
            File.WriteAllText(file, string.Join(' ', Controllers.Select(controller => $"+{controller}")));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool CanHoldGroups(string parent)
    {
        var trial = Path.Combine(parent, $"fairlead-trial-{Guid.NewGuid():n}");
        try
        {
            Directory.CreateDirectory(trial);
            return Libc.RemoveFolder(trial) == 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string[] ReadWords(string path) => File.Exists(path) ? File.ReadAllText(path).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries) : [];
}
