using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Services;

/// <summary>What kind of answer is judged against its outcome.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<EvaluationTask>))]
public enum EvaluationTask
{
    /// <summary>A score; the outcome is yes or no.</summary>
    Binary,

    /// <summary>A number; the outcome is one.</summary>
    Regression,

    /// <summary>A class; the outcome is one.</summary>
    Multiclass,

    /// <summary>A list, best first; the outcome names what was relevant.</summary>
    Ranking,
}
