using System.Text.Json.Serialization;

namespace Fairlead.Statistics.Canary;

/// <summary>Which judge decides.</summary>
/// <param name="Name"><see cref="OwnName"/>, <see cref="KayentaName"/>, or the name by which files of Kayenta call theirs.</param>
public sealed record CanaryJudgeChoice(string Name = CanaryJudgeChoice.OwnName, CanaryJudgeSettings? JudgeConfigurations = null)
{
    public const string OwnName = "fairlead";
    public const string KayentaName = "kayenta";
    public const string KayentaFileName = "NetflixACAJudge-v1.0";

    /// <summary>True for the judge that reproduces Kayenta's, with its weaknesses.</summary>
    [JsonIgnore]
    public bool IsKayenta => Name is KayentaName or KayentaFileName;
}
