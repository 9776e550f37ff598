using Fairlead.Architecture.Tests.Source;

namespace Fairlead.Architecture.Tests.Rules;

internal interface IArchitectureRule
{
    /// <summary>Every violation as a sentence: where, what, and what to do.</summary>
    IEnumerable<string> Check(SourceTree tree);
}
