namespace Fairlead.Domain.Contracts;

/// <summary>The seam that tells whether clients of a released contract can live with another one.</summary>
public interface IContractComparer
{
    /// <summary>Every change that breaks clients of the released contract, in its order of declaration; empty when there is none. Additions break nobody.</summary>
    /// <param name="released">Descriptors as <see cref="IContractCompiler"/> gives them.</param>
    /// <param name="candidate">The same.</param>
    /// <exception cref="Problems.FairleadException">Damaged when one of them is no set of descriptors.</exception>
    IReadOnlyList<ContractChange> Compare(byte[] released, byte[] candidate);
}
